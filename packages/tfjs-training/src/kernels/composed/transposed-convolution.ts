import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';

import { spatialShape } from '../../shapes/geometry.js';

const { sizeFromShape } = tf.util;

/** With kernel size equal to the strides no blocks overlap: one matrix product, then the blocks are put in their places. */
export function convolveTransposed(x: Tensor, kernel: Tensor): Tensor {
  const blocks = tf.matMul(asMatrix(x), asMatrix(kernel), false, true);
  return blocksToSpace(blocks, x.shape[0], spatialShape(x), kernel.shape.slice(0, -1));
}

export function convolveTransposedBack(
  dy: Tensor,
  x: Tensor,
  kernel: Tensor,
  { needInput, needKernel }: { needInput: boolean; needKernel: boolean },
): { dInput: Tensor | null; dKernel: Tensor | null } {
  const dBlocks = spaceToBlocks(dy, spatialShape(x), kernel.shape.slice(0, -2));
  return {
    dInput: needInput ? tf.reshape(tf.matMul(dBlocks, asMatrix(kernel)), x.shape) : null,
    dKernel: needKernel ? tf.reshape(tf.matMul(dBlocks, asMatrix(x), true, false), kernel.shape) : null,
  };
}

function asMatrix(x: Tensor): Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1)!]);
}

/** `[batch * positions, blockPositions * out]` to `[batch, ..., out]`; one axis of the block at a time keeps the rank at 5. */
function blocksToSpace(blocks: Tensor, batch: number, size: readonly number[], blockShape: readonly number[]): Tensor {
  const block = blockShape.slice(0, -1);
  const out = blockShape.at(-1)!;
  let current = blocks;
  let done = batch;
  for (let axis = 0; axis < size.length; axis += 1) {
    const restOfSpace = sizeFromShape(size.slice(axis + 1));
    const restOfBlock = sizeFromShape(block.slice(axis + 1)) * out;
    const split = tf.reshape(current, [done, size[axis], restOfSpace, block[axis], restOfBlock]);
    current = tf.transpose(split, [0, 1, 3, 2, 4]);
    done *= size[axis] * block[axis];
  }
  return tf.reshape(current, [batch, ...size.map((n, axis) => n * block[axis]), out]);
}

/** The inverse: `[batch, ..., out]` to `[batch * positions, blockPositions * out]`. */
function spaceToBlocks(y: Tensor, size: number[], block: number[]): Tensor2D {
  const out = y.shape.at(-1)!;
  let current = y;
  for (let axis = size.length - 1; axis >= 0; axis -= 1) {
    const before = y.shape[0] * sizeFromShape(size.slice(0, axis)) * sizeFromShape(block.slice(0, axis));
    const restOfSpace = sizeFromShape(size.slice(axis + 1));
    const restOfBlock = sizeFromShape(block.slice(axis + 1)) * out;
    const split = tf.reshape(current, [before, size[axis], block[axis], restOfSpace, restOfBlock]);
    current = tf.transpose(split, [0, 1, 3, 2, 4]);
  }
  return tf.reshape(current, [-1, sizeFromShape(block) * out]);
}
