/** Images this many times coarser along one axis than along another are resampled slice by slice. */
const separateThreshold = 3;

/**
 * The axis that is resampled separately from the others, if any: that of the largest spacing where images are anisotropic; none
 * where several axes share that spacing.
 *
 * @param force true or false to decide it; null to let the spacings decide.
 * @see nnU-Net: nnunetv2/preprocessing/resampling/default_resampling.py, determine_do_sep_z_and_axis
 */
export function separateAxis(
  spacing: readonly number[],
  newSpacing: readonly number[],
  force: boolean | null = null,
): number | undefined {
  if (force === false) {
    return undefined;
  }
  const anisotropic = (values: readonly number[]) => Math.max(...values) / Math.min(...values) > separateThreshold;
  if (force || anisotropic(spacing)) {
    return coarsestAxis(spacing);
  }
  return anisotropic(newSpacing) ? coarsestAxis(newSpacing) : undefined;
}

function coarsestAxis(spacing: readonly number[]): number | undefined {
  const coarsest = Math.max(...spacing);
  const axes = spacing.flatMap((value, axis) => (value === coarsest ? [axis] : []));
  return axes.length === 1 ? axes[0] : undefined;
}
