/** How the learning rate falls from epoch to epoch. */
export type LearningRateSchedule = 'constant' | 'cosine' | { stepSize: number; gamma?: number };

/**
 * Learning rate of an epoch, from 0. `cosine` falls to 0 over all epochs (Loshchilov and Hutter, arXiv:1608.03983);
 * `{ stepSize, gamma }` is PyTorch's StepLR, number for number.
 */
export function scheduledLearningRate(
  schedule: LearningRateSchedule,
  base: number,
  epoch: number,
  epochs: number,
): number {
  if (schedule === 'constant') {
    return base;
  }
  if (schedule === 'cosine') {
    return (base * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2;
  }
  const { stepSize, gamma = 0.1 } = schedule;
  let rate = base;
  for (let step = stepSize; step <= epoch; step += stepSize) {
    rate *= gamma;
  }
  return rate;
}
