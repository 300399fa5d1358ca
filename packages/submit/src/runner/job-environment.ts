import { SubmitError } from '../errors.js';
import type { Submission } from '../submission/submission.js';

/**
 * The variables that a job's command sees. A job that asked for no GPU sees none: where CUDA_VISIBLE_DEVICES is not set, CUDA
 * would take every GPU of the node.
 *
 * @throws SubmitError `gpu-not-given` where it asked for GPUs and nothing says which are its own.
 */
export function jobEnvironment(
  { engine, settings, environment, jobs }: Submission,
  index: number,
  own: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = { ...own, ...environment };
  if (settings.gpus === 0 || jobs[index].stage > 0) {
    variables.CUDA_VISIBLE_DEVICES = '';
    // A container of Kubernetes sees the GPUs that it was given, and no others.
  } else if (engine !== 'kubernetes' && (own.CUDA_VISIBLE_DEVICES ?? '') === '') {
    throw new SubmitError(`The job asked for ${settings.gpus} GPU, but CUDA_VISIBLE_DEVICES names none.`, {
      code: 'gpu-not-given',
      remedy:
        engine === 'slurm'
          ? 'Let Slurm give GPUs by --gres (gres.conf with device files), or submit without --gpus.'
          : 'Set CUDA_VISIBLE_DEVICES to the GPUs that jobs may have, such as 0,1, or submit without --gpus.',
    });
  }
  return variables;
}
