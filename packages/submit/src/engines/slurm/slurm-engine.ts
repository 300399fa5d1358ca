import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { addHandover, readHandovers, type Handover } from '../../submission/submission-folder.js';
import { SubmitError } from '../../errors.js';
import type { Engine, Liveness } from '../engine.js';
import { requireProgram, runProgram } from '../run-program.js';
import { slurmScript } from './slurm-script.js';

/** Slurm: an array of each stage, one after the other. Works without accounting: the queue and the jobs' files say all. */
export const slurmEngine: Engine = {
  describe: ({ folder, submission, stages }) =>
    stages.map(({ stage, indices }) => slurmScript({ folder, submission, stage, indices })).join('\n'),

  async start({ folder, submission, stages }) {
    await mkdir(join(folder, 'slurm'), { recursive: true });
    const ids: string[] = [];
    for (const { stage, indices } of stages) {
      const script = join(folder, 'slurm', `stage-${stage}.sh`);
      await writeFileBeside(script, slurmScript({ folder, submission, stage, indices }));
      const after = ids.length === 0 ? [] : [`--dependency=afterok:${ids.at(-1)}`, '--kill-on-invalid-dep=yes'];
      const answer = await requireProgram('sbatch', ['--parsable', ...after, script]);
      // With several clusters: "id;cluster".
      const [id] = answer.trim().split(';');
      await addHandover(folder, { id, stage, indices: [...indices] });
      ids.push(id);
    }
    return ids;
  },

  async liveness(folder) {
    const handovers = await readHandovers(folder);
    const queue = await queuedTasks(handovers.map(({ id }) => id));
    const alive = new Map<number, Liveness>();
    for (const { id, indices } of handovers) {
      for (const index of indices) {
        alive.set(index, queue.get(`${id}_${index}`) ?? 'gone');
      }
    }
    return alive;
  },

  async cancel(folder, _submission, indices) {
    const tasks = tasksOf(await readHandovers(folder), indices);
    if (tasks.length > 0) {
      await requireProgram('scancel', tasks);
    }
  },
};

/** What Slurm calls the jobs, `array_task`, by their last handover. */
function tasksOf(handovers: readonly Handover[], indices: readonly number[]): string[] {
  return indices.flatMap((index) => {
    const last = handovers.findLast((handover) => handover.indices.includes(index));
    return last === undefined ? [] : [`${last.id}_${index}`];
  });
}

/** Slurm's states of tasks that have a node; all others that the queue lists wait. */
const withNode = new Set(['RUNNING', 'COMPLETING', 'SIGNALING', 'STAGE_OUT', 'STOPPED', 'SUSPENDED']);

/** The tasks of arrays that are queued or run. @throws SubmitError `scheduler-missing`, `scheduler-refused` */
async function queuedTasks(arrays: readonly string[]): Promise<Map<string, Liveness>> {
  if (arrays.length === 0) {
    return new Map();
  }
  const words = ['--noheader', '--array', '--jobs', arrays.join(','), '--format', '%i|%T'];
  const { status, output, errors } = await runProgram('squeue', words);
  // Slurm forgets a job some minutes after its end.
  if (status !== 0 && !errors.includes('Invalid job id')) {
    throw new SubmitError(`Slurm does not answer to squeue: ${errors.trim().split('\n').join('; ')}.`, {
      code: 'scheduler-refused',
      remedy: 'Try again when Slurm answers; the jobs are not touched.',
    });
  }
  return new Map(
    output
      .split('\n')
      .filter((line) => line.includes('|'))
      .map((line): [string, Liveness] => {
        const [task, state] = line.trim().split('|');
        return [task, withNode.has(state) ? 'running' : 'queued'];
      }),
  );
}
