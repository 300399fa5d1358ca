import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { webgpuBackend } from '../machine/webgpu-backend.js';

/**
 * Refuses what is not `[batch, height, width, channels]` or `[batch, depth, height, width, channels]` in float32, and volumes
 * on WebGPU, whose backend (4.22) computes wrong numbers for them without an error.
 *
 * @throws TfjsTrainingError `wrong-shape`, `volumes-unsupported`
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
  if (x.rank === 5 && tf.getBackend() === webgpuBackend) {
    throw new TfjsTrainingError(`The engine webgpu cannot compute the operation ${operation} on volumes.`, {
      code: 'volumes-unsupported',
      remedy: 'Take the engine native, wasm or cpu for three-dimensional images.',
    });
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
