import type { RandomState } from '@fractura/python-compat';
import { close, dilate, erode, open } from './morphology.js';
import { ball, disk } from './structuring-element.js';

const operations = [dilate, erode, close, open];

/**
 * Grows, shrinks, closes or opens one-hot channels in random order, each with probability one half, by a disk (2D) or ball of
 * a radius between 1 and 8 voxels, in place. What a channel gains the others lose.
 *
 * @param channels each `[z, y, x]` of 0 and 1 in C order
 * @param flat whether the network is 2D
 * @see nnU-Net: batchgeneratorsv2/transforms/nnunet/random_binary_operator.py, ApplyRandomBinaryOperatorTransform
 */
export function changeShapes(
  channels: readonly Float32Array[],
  sizeZYX: readonly number[],
  random: RandomState,
  flat: boolean,
): void {
  for (const chosen of random.permutation(channels.length)) {
    if (random.randomSample() >= 0.5) {
      continue;
    }
    const operation = operations[random.randint(0, operations.length)];
    const radius = random.uniform(1, 8);
    const before = Uint8Array.from(channels[chosen]);
    const after = operation(before, sizeZYX, flat ? disk(radius) : ball(radius));
    channels[chosen].set(after);
    const others = channels.filter((_, i) => i !== chosen);
    for (let v = 0; v < after.length; v += 1) {
      if (after[v] === 1 && before[v] === 0) {
        for (const other of others) {
          other[v] = 0;
        }
      }
    }
  }
}
