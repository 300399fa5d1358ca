import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * Values in PyTorch's layout as a tensor in TensorFlow's: `[a, b, ...spatial]` becomes `[...spatial, b, a]`; scalars and vectors
 * stay as they are.
 *
 * @param values in C order.
 * @returns float32; the caller disposes.
 */
export function fromTorchLayout(values: Float32Array, torchShape: readonly number[]): Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(values, [...torchShape], 'float32');
    if (torchShape.length < 2) {
      return tensor;
    }
    const spatialAxes = torchShape.slice(2).map((_, axis) => axis + 2);
    return tf.transpose(tensor, [...spatialAxes, 1, 0]);
  });
}

/** The values of a tensor in TensorFlow's layout `[...spatial, b, a]`, in PyTorch's `[a, b, ...spatial]`, C order. */
export async function toTorchValues(tensor: Tensor): Promise<Float32Array> {
  if (tensor.rank < 2) {
    return (await tensor.data()) as Float32Array;
  }
  const spatialAxes = tensor.shape.slice(2).map((_, axis) => axis);
  const transposed = tf.transpose(tensor, [tensor.rank - 1, tensor.rank - 2, ...spatialAxes]);
  try {
    return (await transposed.data()) as Float32Array;
  } finally {
    transposed.dispose();
  }
}
