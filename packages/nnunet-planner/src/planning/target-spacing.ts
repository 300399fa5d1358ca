import { percentile } from '@fractura/python-compat';

/** An axis this many times coarser than the others counts as anisotropic. */
const anisotropyThreshold = 3;

/**
 * The spacing that all cases of the full-resolution configurations are brought to: the median, and along a much coarser
 * axis of few voxels the 10th percentile.
 *
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py,
 *   ExperimentPlanner.determine_fullres_target_spacing
 */
export function targetSpacing(
  spacings: readonly (readonly number[])[],
  shapes: readonly (readonly number[])[],
): number[] {
  const target = medianPerAxis(spacings);
  const size = medianPerAxis(shapes);
  const coarsest = target.indexOf(Math.max(...target));
  const others = target.map((_, axis) => axis).filter((axis) => axis !== coarsest);
  const spacingOfOthers = others.map((axis) => target[axis]);
  const isCoarse = target[coarsest] > anisotropyThreshold * Math.max(...spacingOfOthers);
  const isShort = size[coarsest] * anisotropyThreshold < Math.min(...others.map((axis) => size[axis]));
  if (isCoarse && isShort) {
    const finer = percentile(sorted(spacings.map((spacing) => spacing[coarsest])), 10);
    const finestOther = Math.max(...spacingOfOthers);
    target[coarsest] = finer < finestOther ? finestOther + 1e-5 : finer;
  }
  return target;
}

/** The median of each column. */
export function medianPerAxis(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, axis) => percentile(sorted(rows.map((row) => row[axis])), 50));
}

const sorted = (values: number[]) => values.sort((a, b) => a - b);
