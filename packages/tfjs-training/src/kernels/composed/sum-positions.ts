import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * Sums over all axes between the first and the last, `[batch, ..., channels]` to `[batch, channels]`, in two steps of about the square
 * root of the positions each: one float32 sum of n numbers loses up to n roundings, which a batch norm of large maps would feel.
 *
 * @see Higham, The accuracy of floating point summation, SIAM J. Sci. Comput. 14 (1993)
 */
export function sumPositions(x: Tensor): Tensor {
  const [batch, channels] = [x.shape[0], x.shape.at(-1)!];
  const positions = x.size / (batch * channels);
  const step = nearSquareRoot(positions);
  const partial = tf.sum(tf.reshape(x, [batch, positions / step, step, channels]), 2);
  return tf.sum(partial, 1);
}

/** Sums over all axes but the last, `[channels]`. */
export function sumAllPositions(x: Tensor): Tensor {
  const channels = x.shape.at(-1)!;
  return tf.reshape(sumPositions(tf.reshape(x, [1, x.size / channels, channels])), [channels]);
}

/** The largest divisor that is not above the square root. */
function nearSquareRoot(count: number): number {
  let divisor = Math.max(1, Math.floor(Math.sqrt(count)));
  while (count % divisor !== 0) {
    divisor -= 1;
  }
  return divisor;
}
