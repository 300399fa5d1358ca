/** nnU-Net enlarges by 1 / 0.85 for scaling, whatever the range that it then scales by. */
const largestShrinking = 0.85;

/**
 * What is cut out of an image so that the patch rotated by up to `radians` about any axis lies within: the extents of the
 * patch rotated about each axis alone, the largest of them, divided by 0.85 and cut to whole voxels.
 *
 * @param patchSize two or three numbers
 * @see nnU-Net: nnunetv2/training/data_augmentation/compute_initial_patch_size.py, get_patch_size
 */
export function initialPatchSize(patchSize: readonly number[], radians: number): number[] {
  const angle = Math.min(Math.PI / 2, radians);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const planes = patchSize.length === 2 ? [[0, 1]] : [[1, 2], [2, 0], [0, 1]]; // prettier-ignore
  const extents = [...patchSize];
  for (const [a, b] of planes) {
    extents[a] = Math.max(extents[a], Math.abs(patchSize[a] * c + patchSize[b] * s));
    extents[b] = Math.max(extents[b], Math.abs(patchSize[b] * c - patchSize[a] * s));
  }
  return extents.map((extent) => Math.trunc(extent / largestShrinking));
}
