import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertShape, perAxis, spatialShape, type MaxPoolOptions } from './geometry.js';

/**
 * Maximum over windows, as `torch.nn.MaxPool2d`; among equal values the gradient goes to the first.
 *
 * @param x `[batch, height, width, channels]`, float32.
 */
export function maxPool(x: Tensor, options: MaxPoolOptions): Tensor {
  assertShape(x, x.shape.length === 4 ? x.shape : [0, 0, 0, 0], 'The input of maxPool');
  return runOperation([x], ([input]) => {
    const output = kernels().maxPool(input, options);
    return { output, saved: [input, output], backward: (dy) => [kernels().maxPoolBack(dy, input, output, options)] };
  });
}

/** The window of an average pooling; windows do not overlap. */
export interface AveragePoolOptions {
  /** One number or one per spatial axis; a rest that fills no window is left out. */
  size: number | readonly number[];
}

/**
 * Mean over windows laid side by side, in 2D and 3D.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 */
export function averagePool(x: Tensor, { size }: AveragePoolOptions): Tensor {
  assertActivation(x, 'averagePool');
  const window = perAxis(size, x.rank - 2, 'size');
  return runOperation([x], ([input]) => ({
    output: kernels().averagePool(input, window),
    saved: [input],
    backward: (dy) => [kernels().averagePoolBack(dy, input, window)],
  }));
}

/**
 * Mean over all positions.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @returns `[batch, channels]`.
 */
export function globalAveragePool(x: Tensor): Tensor {
  assertActivation(x, 'globalAveragePool');
  const { shape } = x;
  const positions = spatialShape(x);
  return runOperation(
    [x],
    ([input]) => ({
      output: tf.mean(
        input,
        positions.map((_, axis) => axis + 1),
      ),
      saved: [],
      backward: (dy) => {
        const share = tf.div(
          dy,
          positions.reduce((a, b) => a * b, 1),
        );
        return [tf.broadcastTo(tf.reshape(share, [shape[0], ...positions.map(() => 1), shape.at(-1)!]), shape)];
      },
    }),
    { computesIn: 'float32' },
  );
}
