import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { composed, convolution, differentiate } from '@fractura/tfjs-training';

/**
 * Convolves a 3 x 3 image of 1..9 with the 2 x 2 kernel [[1, 2], [3, 4]] without padding and differentiates the sum: all values are
 * known by hand.
 *
 * @returns what is wrong, or undefined when all is right.
 */
export async function selfTest(): Promise<string | undefined> {
  const image = tf.tidy(() => tf.variable(tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])));
  const kernel = tf.tidy(() => tf.variable(tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1])));
  const made: Tensor[] = [image, kernel];
  try {
    const { value, gradients } = differentiate(
      () => composed([convolution(image, kernel, { padding: 0 })], (y) => tf.sum(y)) as tf.Scalar,
      [image, kernel],
    );
    made.push(value, ...gradients.filter((gradient) => gradient !== null));
    const found = await Promise.all(made.slice(2).map(async (tensor) => [...(await tensor.data())]));
    const expected = [[228], [1, 3, 2, 4, 10, 6, 3, 7, 4], [12, 16, 24, 28]];
    return JSON.stringify(found) === JSON.stringify(expected)
      ? undefined
      : `a convolution and its gradients gave ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  } finally {
    for (const tensor of made) {
      tensor.dispose();
    }
  }
}
