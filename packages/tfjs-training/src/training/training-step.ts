import type { Scalar } from '@tensorflow/tfjs';

import type { Optimizer } from '../optimizers/optimizer.js';
import type { MixedPrecision } from './mixed-precision.js';

export interface TrainingStepOptions {
  /** Computes the loss with network operations; runs once, synchronously. */
  loss: () => Scalar;
  optimizer: Optimizer;
  precision: MixedPrecision;
  learningRate: number;
}

/**
 * One step down the gradient of a loss. Where a gradient overflows, the parameters stay as they are.
 *
 * @returns the loss before the step
 * @throws TfjsTrainingError `not-a-recorded-scalar`
 */
export async function trainingStep({ loss, optimizer, precision, learningRate }: TrainingStepOptions): Promise<number> {
  const variables = optimizer.parameters.map(({ variable }) => variable);
  const { value, gradients, overflowed } = precision.differentiate(loss, variables);
  if (!overflowed) {
    optimizer.step(gradients, learningRate);
  }
  for (const gradient of gradients) {
    gradient?.dispose();
  }
  const [lossBefore] = await value.data();
  value.dispose();
  return lossBefore;
}
