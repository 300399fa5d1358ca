/**
 * The poly schedule: initial * (1 - epoch / epochs) ^ 0.9, constant within an epoch.
 *
 * @see reference/nnunet-v2/behaviour.md, section 7.1
 */
export function polyLearningRate(initial: number, epoch: number, epochs: number): number {
  return initial * (1 - epoch / epochs) ** 0.9;
}
