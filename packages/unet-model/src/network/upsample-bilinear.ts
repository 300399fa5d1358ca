import { composed } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * Twice the size along both axes, as `torch.nn.functional.interpolate(scale_factor=2, mode='bilinear', align_corners=False)`: each
 * output lies a quarter of a pixel from its nearest input, so that it takes three quarters of it and a quarter of its neighbour; at the
 * border the neighbour is the pixel itself.
 *
 * @param x `[batch, height, width, channels]`.
 */
export function upsampleBilinear(x: Tensor): Tensor {
  return composed([x], (input) => alongAxis(alongAxis(input, 1), 2));
}

function alongAxis(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis];
  const take = (begin: number, count: number) => {
    const from = x.shape.map((_, i) => (i === axis ? begin : 0));
    return tf.slice(
      x,
      from,
      x.shape.map((extent, i) => (i === axis ? count : extent)),
    );
  };
  const before = size === 1 ? x : tf.concat([take(0, 1), take(0, size - 1)], axis);
  const after = size === 1 ? x : tf.concat([take(1, size - 1), take(size - 1, 1)], axis);
  const own = tf.mul(x, 0.75);
  const pairs = tf.stack([tf.add(own, tf.mul(before, 0.25)), tf.add(own, tf.mul(after, 0.25))], axis + 1);
  return tf.reshape(
    pairs,
    x.shape.map((extent, i) => (i === axis ? 2 * extent : extent)),
  );
}
