import type { LabelSet } from '@fractura/nnunet-format';

/**
 * The probability of each voxel that it is not background: of exclusive labels the sum over all classes but the first, the
 * background; of regions the largest.
 *
 * @param probabilities `[classes, ...]`
 */
export function foregroundProbability(
  probabilities: Float32Array,
  { segmentationHeads: heads, hasRegions }: Pick<LabelSet, 'segmentationHeads' | 'hasRegions'>,
): Float32Array {
  const voxels = probabilities.length / heads;
  const first = hasRegions ? 0 : 1;
  const any = probabilities.slice(first * voxels, (first + 1) * voxels);
  for (let head = first + 1; head < heads; head += 1) {
    for (let v = 0; v < voxels; v += 1) {
      const probability = probabilities[head * voxels + v];
      any[v] = hasRegions ? Math.max(any[v], probability) : any[v] + probability;
    }
  }
  return any;
}
