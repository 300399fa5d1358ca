import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertRank } from '../shapes/check-shape.js';
import { perAxis, spatialShape, type MaxPoolOptions } from '../shapes/geometry.js';

/**
 * Maximum over windows, as `torch.nn.MaxPool2d`; among equal values the gradient goes to the first.
 *
 * @param x `[batch, height, width, channels]`, float32.
 * @returns `[batch, ..., channels]`, each spatial size floor((size + 2 padding - window) / stride) + 1.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function maxPool(x: Tensor, options: MaxPoolOptions): Tensor {
  assertRank(x, 4, 'The input of maxPool');
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
 * Mean over windows laid side by side, as `torch.nn.AvgPool2d(k, stride=k)` and `AvgPool3d`.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @returns `[batch, ..., channels]`, each spatial size floor(size / window).
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function averagePool(x: Tensor, { size }: AveragePoolOptions): Tensor {
  assertActivation(x, 'averagePool');
  const window = perAxis(size, x.rank - 2, 'window sizes');
  return runOperation([x], ([input]) => ({
    output: kernels().averagePool(input, window),
    saved: [input],
    backward: (dy) => [kernels().averagePoolBack(dy, input, window)],
  }));
}

/**
 * Mean over all positions, as `torch.nn.AdaptiveAvgPool2d(1)` and a flattening.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @returns `[batch, channels]`.
 * @throws TfjsTrainingError `wrong-shape`.
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
        const share = tf.div(dy, tf.util.sizeFromShape(positions));
        return [tf.broadcastTo(tf.reshape(share, [shape[0], ...positions.map(() => 1), shape.at(-1)!]), shape)];
      },
    }),
    { computesIn: 'float32' },
  );
}
