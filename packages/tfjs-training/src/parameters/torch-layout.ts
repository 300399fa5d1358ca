import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

const { sizeFromShape } = tf.util;

/**
 * Values in PyTorch's layout as a tensor in TensorFlow's: `[a, b, ...spatial]` becomes `[...spatial, b, a]`; scalars and vectors
 * stay as they are.
 *
 * @param values in C order.
 * @returns float32; the caller disposes.
 */
export function fromTorchLayout(values: Float32Array, torchShape: readonly number[]): Tensor {
  if (torchShape.length < 2) {
    return tf.tensor(values, [...torchShape], 'float32');
  }
  const [a, b, ...spatial] = torchShape;
  return tf.tensor(reversed(values, [a, b, sizeFromShape(spatial)]), [...spatial, b, a], 'float32');
}

/** The values of a tensor in TensorFlow's layout `[...spatial, b, a]`, in PyTorch's `[a, b, ...spatial]`, C order. */
export async function toTorchValues(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  if (tensor.rank < 2) {
    return values;
  }
  const [b, a] = tensor.shape.slice(-2);
  return reversed(values, [sizeFromShape(tensor.shape.slice(0, -2)), b, a]);
}

/** Elements that are written one after the other: those of a cache line. */
const block = 16;

/** `[a, b, c]` as `[c, b, a]`: on WASM in a third of the time of `tf.transpose`, which takes any order of axes. */
function reversed(values: Float32Array, [a, b, c]: readonly [number, number, number]): Float32Array {
  const result = new Float32Array(values.length);
  for (let from = 0; from < a; from += block) {
    const to = Math.min(a, from + block);
    for (let j = 0; j < b; j += 1) {
      for (let k = 0; k < c; k += 1) {
        for (let i = from; i < to; i += 1) {
          result[(k * b + j) * a + i] = values[(i * b + j) * c + k];
        }
      }
    }
  }
  return result;
}
