import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { runOperation } from '../tape/run-operation.js';
import { assertShape } from '../shapes/check-shape.js';

/**
 * a + b of the same shape: the skip connection of a residual block.
 *
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function add(a: Tensor, b: Tensor): Tensor {
  assertShape(b, a.shape, 'The second summand');
  return runOperation([a, b], ([left, right]) => ({
    output: tf.add(left, right),
    saved: [],
    backward: (dy, needed) => needed.map((need) => (need ? tf.clone(dy) : null)),
  }));
}

/**
 * Joins tensors along the channels, the last axis: the skip connection of a U-Net. All other sizes are the same.
 *
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function concatenate(parts: readonly Tensor[]): Tensor {
  const first = parts[0];
  if (first === undefined) {
    throw new TfjsTrainingError('The operation concatenate was given no tensor.', {
      code: 'wrong-shape',
      remedy: 'Give at least one tensor.',
    });
  }
  for (const part of parts) {
    assertShape(part, [...first.shape.slice(0, -1), part.shape.at(-1)!], 'A part');
  }
  const channels = parts.map(({ shape }) => shape.at(-1)!);
  return runOperation(parts, (inputs) => ({
    output: tf.concat([...inputs], -1),
    saved: [],
    backward: (dy) => tf.split(dy, channels, -1),
  }));
}

/**
 * A fully connected layer: x kernel + bias, always in float32: it is a classifier's last and smallest.
 *
 * @param x `[batch, in]`.
 * @param kernel `[in, out]`.
 * @param bias `[out]`.
 * @returns `[batch, out]`.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function dense(x: Tensor, kernel: Tensor, bias: Tensor): Tensor {
  assertShape(x, [x.shape[0], kernel.shape[0]], 'The input of a dense layer');
  assertShape(kernel, [x.shape[1]!, bias.shape[0]], 'The kernel of a dense layer');
  return runOperation(
    [x, kernel, bias],
    ([input, weights, offset]) => ({
      output: tf.add(tf.matMul(input, weights), offset),
      saved: [input, weights],
      backward: (dy, [needInput, needKernel, needBias]) => [
        needInput ? tf.matMul(dy, weights, false, true) : null,
        needKernel ? tf.matMul(input, dy, true, false) : null,
        needBias ? tf.sum(dy, 0) : null,
      ],
    }),
    { computesIn: 'float32' },
  );
}
