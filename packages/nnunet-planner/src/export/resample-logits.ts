import { elementCount } from '@fractura/array-files';
import { type CaseProperties, readLabels, resolveConfiguration } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';
import { fullSpacing, type PreprocessingPlan } from '../preprocessing/preprocess-image.js';
import { resample, shapeAtSpacing } from '../resampling/resample.js';
import { resamplingArguments } from '../resampling/resampling-arguments.js';

/** The voxels of a case in one configuration; axes in the transposed order. */
export interface NetworkGrid {
  /** `[z, y, x]` */
  shape: number[];
  spacing: number[];
  /** Spacing before resampling. */
  ownSpacing: number[];
}

/** The grid that preprocessing for a configuration brings a case to. */
export function networkGrid(
  { spacing: asRead, shape_after_cropping_and_before_resampling: cropped }: CaseProperties,
  { plans, configuration }: Pick<PreprocessingPlan, 'plans' | 'configuration'>,
): NetworkGrid {
  const ownSpacing = plans.transpose_forward.map((axis) => asRead[axis]);
  const spacing = fullSpacing(resolveConfiguration(plans, configuration).spacing, ownSpacing);
  return { shape: shapeAtSpacing(cropped, ownSpacing, spacing), spacing, ownSpacing };
}

/**
 * Brings a network's logits to another shape, linearly.
 *
 * @param logits `[classes, z, y, x]` at the configuration's spacing.
 * @param newShape `[z, y, x]`
 * @param newSpacing decides with the configuration's own whether slices are resampled separately.
 * @returns `[classes, z, y, x]`
 * @throws NnunetPlannerError `shape-mismatch` where the logits are not those of this case.
 */
export function resampleLogits(
  logits: Float32Array,
  properties: CaseProperties,
  plan: PreprocessingPlan,
  { newShape, newSpacing }: { newShape: readonly number[]; newSpacing: readonly number[] },
): Float32Array {
  const heads = readLabels(plan.datasetJson).segmentationHeads;
  const { shape, spacing } = networkGrid(properties, plan);
  if (logits.length !== heads * elementCount(shape)) {
    throw new NnunetPlannerError(`${logits.length} logits do not fill ${heads} classes of ${shape.join(' x ')}.`, {
      code: 'shape-mismatch',
      remedy: 'Export with the properties, plan and dataset.json that the image was preprocessed with.',
    });
  }
  return resample({
    data: logits,
    shape: [heads, ...shape],
    newShape,
    spacing,
    newSpacing,
    how: resamplingArguments(resolveConfiguration(plan.plans, plan.configuration), 'probabilities'),
  });
}
