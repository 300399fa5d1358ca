import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';

/**
 * Refuses what is not `[batch, height, width, channels]` or `[batch, depth, height, width, channels]` in float32.
 *
 * @throws TfjsTrainingError `wrong-shape`
 */
export function assertActivation(x: Tensor, operation: string): void {
  if ((x.rank !== 4 && x.rank !== 5) || x.dtype !== 'float32') {
    throw new TfjsTrainingError(
      `The operation ${operation} was given ${x.dtype} of shape [${x.shape.join(', ')}]; it takes float32 of rank 4 or 5.`,
      {
        code: 'wrong-shape',
        remedy: 'Arrange images as [batch, height, width, channels], volumes with depth before height.',
      },
    );
  }
}

/**
 * Refuses a tensor with another number of axes.
 *
 * @throws TfjsTrainingError `wrong-shape`
 */
export function assertRank(tensor: Tensor, rank: number, what: string): void {
  if (tensor.rank !== rank) {
    throw new TfjsTrainingError(
      `${what} has shape [${tensor.shape.join(', ')}] where a tensor of rank ${rank} is needed.`,
      { code: 'wrong-shape', remedy: 'Check the number of axes.' },
    );
  }
}

/**
 * Refuses a tensor of another shape.
 *
 * @throws TfjsTrainingError `wrong-shape`
 */
export function assertShape(tensor: Tensor, expected: readonly number[], what: string): void {
  if (tensor.rank !== expected.length || tensor.shape.some((size, i) => size !== expected[i])) {
    throw new TfjsTrainingError(
      `${what} has shape [${tensor.shape.join(', ')}] where [${expected.join(', ')}] is needed.`,
      { code: 'wrong-shape', remedy: 'Check the number of channels on both sides.' },
    );
  }
}
