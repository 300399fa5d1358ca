import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { kernels } from '../kernels/kernels-in-use.js';
import { assertActivation } from '../shapes/check-shape.js';
import { runOperation } from '../tape/run-operation.js';

/**
 * Repeats every position along each spatial axis, as `torch.nn.Upsample(scale_factor=factor, mode='nearest')`.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @param factor a whole number from 1.
 * @returns `[batch, height * factor, width * factor, channels]`, likewise in 3D.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function upsampleNearest(x: Tensor, factor: number): Tensor {
  assertActivation(x, 'upsampleNearest');
  if (!Number.isInteger(factor) || factor < 1) {
    throw new TfjsTrainingError(`The operation upsampleNearest was given the factor ${factor}.`, {
      code: 'wrong-shape',
      remedy: 'Give a whole number from 1.',
    });
  }
  return runOperation([x], ([input]) => ({
    output: kernels().upsampleNearest(input, factor),
    saved: [],
    backward: (dy) => [kernels().upsampleNearestBack(dy, factor)],
  }));
}
