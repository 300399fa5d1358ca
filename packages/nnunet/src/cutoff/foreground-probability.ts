import type { LabelSet } from '@fractura/nnunet-format';

/**
 * The probability of each voxel that it is not background: of exclusive labels what the background leaves, of regions the largest.
 *
 * @param probabilities `[classes, ...]`
 */
export function foregroundProbability(
  probabilities: Float32Array,
  { segmentationHeads: heads, hasRegions }: Pick<LabelSet, 'segmentationHeads' | 'hasRegions'>,
): Float32Array {
  const voxels = probabilities.length / heads;
  if (!hasRegions) {
    return probabilities.subarray(0, voxels).map((background) => 1 - background);
  }
  const largest = probabilities.slice(0, voxels);
  for (let head = 1; head < heads; head += 1) {
    for (let v = 0; v < voxels; v += 1) {
      largest[v] = Math.max(largest[v], probabilities[head * voxels + v]);
    }
  }
  return largest;
}
