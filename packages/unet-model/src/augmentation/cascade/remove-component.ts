import { labelComponents } from '@fractura/metrics';
import type { RandomState } from '@fractura/python-compat';

/** A component that covers this share of the patch or more stays. */
const largestShare = 0.15;

/**
 * Removes from one-hot channels in random order, each with probability one half, one of their connected components at random
 * among those that cover less than 15 % of the patch, in place. Voxels are connected across faces, edges and corners.
 *
 * @param channels each `[z, y, x]` of 0 and 1 in C order
 * @see nnU-Net: batchgeneratorsv2/transforms/nnunet/remove_connected_components.py,
 *   RemoveRandomConnectedComponentFromOneHotEncodingTransform
 */
export function removeRandomComponents(
  channels: readonly Float32Array[],
  sizeZYX: readonly number[],
  random: RandomState,
): void {
  for (const chosen of random.permutation(channels.length)) {
    if (random.randomSample() >= 0.5) {
      continue;
    }
    const channel = channels[chosen];
    const { labels, count } = labelComponents({ mask: channel, shape: sizeZYX, connectivity: 26 });
    const voxels = new Uint32Array(count + 1);
    for (const component of labels) {
      voxels[component] += 1;
    }
    const small = Array.from({ length: count }, (_, i) => i + 1).filter(
      (component) => voxels[component] < channel.length * largestShare,
    );
    if (small.length === 0) {
      continue;
    }
    const removed = small[random.randint(0, small.length)];
    for (let v = 0; v < channel.length; v += 1) {
      if (labels[v] === removed) {
        channel[v] = 0;
      }
    }
  }
}
