import * as tf from '@tensorflow/tfjs';
import type { Rank, Tensor4D } from '@tensorflow/tfjs';

/** Puts strides - 1 zeros after each row and column, the last excepted. */
export function spreadOut(dy: Tensor4D, [sy, sx]: readonly [number, number]): Tensor4D {
  if (sy === 1 && sx === 1) {
    return dy;
  }
  const [batch, height, width, channels] = dy.shape;
  const cells = tf.reshape(dy, [batch * height, 1, width, 1, channels]);
  const padded = tf.pad(cells, [
    [0, 0],
    [0, sy - 1],
    [0, 0],
    [0, sx - 1],
    [0, 0],
  ]);
  const full = tf.reshape<Rank.R4>(padded, [batch, height * sy, width * sx, channels]);
  return tf.slice(full, [0, 0, 0, 0], [batch, (height - 1) * sy + 1, (width - 1) * sx + 1, channels]);
}
