import type { PlanConfiguration, ResamplingArguments } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';

/** The resampling function of nnU-Net that this package has, the one that all its default planners choose. */
const knownFunction = 'resample_data_or_seg_to_shape';

/**
 * How a configuration resamples images, segmentations or probabilities.
 *
 * @throws NnunetPlannerError `resampling-unsupported` where the plans name another function than nnU-Net's default.
 */
export function resamplingArguments(
  configuration: PlanConfiguration,
  what: 'data' | 'seg' | 'probabilities',
): ResamplingArguments {
  const name = configuration[`resampling_fn_${what}`];
  if (name === undefined || name === knownFunction) {
    return configuration[`resampling_fn_${what}_kwargs`];
  }
  throw new NnunetPlannerError(`The plans resample with ${name} (resampling_fn_${what}).`, {
    code: 'resampling-unsupported',
    remedy: `Only ${knownFunction} is known here: plan with one of the planners that choose it.`,
  });
}
