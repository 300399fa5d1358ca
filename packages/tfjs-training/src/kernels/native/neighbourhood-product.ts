import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

import type { ConvolutionGeometry } from '../../shapes/geometry.js';
import { pad, unpad } from '../composed/padding.js';

/** Up to this many positions the copies below cost less than what TensorFlow's convolutions lose; measured on two cores. */
const largestMap = 8;

/**
 * Whether a convolution is done as one matrix product over gathered neighbourhoods (im2col): 2D, same size out as in, on a
 * map of a few positions, as a ResNet-18 has in its last stage. There TensorFlow's own gradients reach a tenth of the processor's
 * speed, the product most of it.
 */
export function isTiny(shape: readonly number[], { kernelSize, strides, margins }: ConvolutionGeometry): boolean {
  const [, height, width] = shape;
  return (
    shape.length === 4 &&
    height * width <= largestMap &&
    kernelSize.some((k) => k > 1) &&
    kernelSize.every((k, axis) => strides[axis] === 1 && k === margins[axis][0] + margins[axis][1] + 1)
  );
}

export function convolveTiny(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor {
  const y = tf.matMul(neighbourhoods(x, geometry), asMatrix(kernel));
  return tf.reshape(y, [...x.shape.slice(0, -1), kernel.shape.at(-1)!]);
}

/** What each position gave its neighbours goes back to them: the product's gradient, then the gathering's. */
export function convolveTinyBackInput(
  dy: Tensor,
  kernel: Tensor,
  { kernelSize, margins }: ConvolutionGeometry,
): Tensor {
  const [rows, columns] = kernelSize;
  const [batch, height, width] = dy.shape;
  const inputs = kernel.shape[2]!;
  const gathered = tf.matMul(asMatrix(dy), asMatrix(kernel), false, true);
  const parts = tf.split(tf.reshape(gathered, [batch, height, width, rows * columns * inputs]), rows * columns, 3);
  const placed = parts.map((part, i) => {
    const [y, x] = [Math.floor(i / columns), i % columns];
    return tf.pad(part, [
      [0, 0],
      [y, rows - 1 - y],
      [x, columns - 1 - x],
      [0, 0],
    ]);
  });
  return unpad(tf.addN(placed), margins);
}

export function convolveTinyBackKernel(
  x: Tensor,
  dy: Tensor,
  kernelShape: number[],
  geometry: ConvolutionGeometry,
): Tensor {
  return tf.reshape(tf.matMul(neighbourhoods(x, geometry), asMatrix(dy), true, false), kernelShape);
}

/** `[batch * height * width, kernelHeight * kernelWidth * channels]`: every position's neighbourhood in one row. */
function neighbourhoods(x: Tensor, { kernelSize, margins }: ConvolutionGeometry): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const padded = pad(x, margins) as Tensor4D;
  const shifted: Tensor[] = [];
  for (let dy = 0; dy < kernelSize[0]; dy += 1) {
    for (let dx = 0; dx < kernelSize[1]; dx += 1) {
      shifted.push(tf.slice(padded, [0, dy, dx, 0], [batch, height, width, channels]));
    }
  }
  return tf.reshape(tf.concat(shifted, 3), [batch * height * width, -1]);
}

const asMatrix = (x: Tensor): Tensor => tf.reshape(x, [-1, x.shape.at(-1)!]);
