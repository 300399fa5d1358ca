/**
 * How the learning rate falls from epoch to epoch: not at all, to 0 along a half cosine, to 0 as a power of the epochs that are
 * left, or by the factor `gamma` (default 0.1) after every `stepSize` epochs; or up along a line for `warmUp` epochs, which reaches
 * the initial rate with the last of them, and then to 0 along a half cosine.
 */
export type LearningRateSchedule =
  'constant' | 'cosine' | 'poly' | { stepSize: number; gamma?: number } | { warmUp: number };

/**
 * The learning rate of an epoch, from 0, of `epochs`; constant within the epoch. Steps may be counted in place of epochs.
 *
 * @param initial that of epoch 0
 * @see Loshchilov and Hutter, arXiv:1608.03983 (cosine); nnU-Net: nnunetv2/training/lr_scheduler/polylr.py, PolyLRScheduler
 *   (poly); torch.optim.lr_scheduler.StepLR (steps, number for number)
 */
export function scheduledLearningRate(
  schedule: LearningRateSchedule,
  initial: number,
  epoch: number,
  epochs: number,
): number {
  switch (schedule) {
    case 'constant':
      return initial;
    case 'cosine':
      return cosine(initial, epoch, epochs);
    case 'poly':
      return initial * (1 - epoch / epochs) ** 0.9;
    default:
      return 'warmUp' in schedule
        ? warmedUp(schedule.warmUp, initial, epoch, epochs)
        : steppedLearningRate(schedule, initial, epoch);
  }
}

const cosine = (initial: number, epoch: number, epochs: number): number =>
  (initial * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2;

const warmedUp = (warmUp: number, initial: number, epoch: number, epochs: number): number =>
  epoch < warmUp ? (initial * (epoch + 1)) / warmUp : cosine(initial, epoch - warmUp, epochs - warmUp);

/** StepLR multiplies once for each step, which rounds otherwise than a power. */
function steppedLearningRate(
  { stepSize, gamma = 0.1 }: { stepSize: number; gamma?: number },
  initial: number,
  epoch: number,
): number {
  let rate = initial;
  for (let step = stepSize; step <= epoch; step += stepSize) {
    rate *= gamma;
  }
  return rate;
}
