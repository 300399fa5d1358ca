import { checkArguments, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import type { ResamplingArguments } from '@fractura/nnunet-format';
import { roundHalfToEven } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';
import { resampleSeparately } from './resample-separately.js';
import { resizeLabels } from './resize-labels.js';
import { emptyLike, resizeVolume, type Voxels } from './resize-volume.js';
import { separateAxis } from './separate-axis.js';

/** An image or segmentation that is to change its spacing. */
export interface ResampleRequest<Data extends Voxels> {
  /** `[channels, z, y, x]` in C order. */
  data: Data;
  shape: readonly number[];
  /** `[z, y, x]` */
  newShape: readonly number[];
  /** Along z, y, x, before and after. */
  spacing: readonly number[];
  newSpacing: readonly number[];
  how: ResamplingArguments;
}

/** Voxels of a volume that takes 8 GiB while it is resampled in float64. */
const mostVoxels = 2 ** 30;

/** The shape at a new spacing: `round(old / new * size)` along each axis, half to even. */
export function shapeAtSpacing(
  shape: readonly number[],
  spacing: readonly number[],
  newSpacing: readonly number[],
): number[] {
  checkArguments({ shape, spacing, newSpacing }, shapeAtSpacingArguments, NnunetPlannerError);
  return shape.map((extent, axis) => roundHalfToEven((spacing[axis] / newSpacing[axis]) * extent));
}

/**
 * Resamples as nnU-Net's `resample_data_or_seg_to_shape`: computed in float64, channel by channel; slice by slice where one
 * axis is far coarser; segmentations label by label.
 *
 * @returns `[channels, z, y, x]` of the input's type; the input itself where the shape stays.
 * @throws NnunetPlannerError `resampling-size` where the new shape has no voxels, or more than 2^30 a channel.
 * @see nnU-Net: nnunetv2/preprocessing/resampling/default_resampling.py, resample_data_or_seg_to_shape
 */
export function resample<Data extends Voxels>(request: ResampleRequest<Data>): Data {
  checkArguments({ request }, { request: resampleRequestRule }, NnunetPlannerError);
  const { data, shape, newShape, spacing, newSpacing, how } = request;
  const size = shape.slice(1);
  if (size.every((extent, axis) => extent === newShape[axis])) {
    return data;
  }
  checkTarget(request);
  const voxels = elementCount(size);
  const newVoxels = elementCount(newShape);
  const axis = separateAxis(spacing, newSpacing, how.force_separate_z);
  const result = emptyLike(data, shape[0] * newVoxels);
  for (let channel = 0; channel < shape[0]; channel += 1) {
    const source = data.subarray(channel * voxels, (channel + 1) * voxels);
    const target = result.subarray(channel * newVoxels, (channel + 1) * newVoxels);
    const resizing = { from: size, to: newShape, order: how.order };
    if (axis !== undefined) {
      resampleSeparately(source, target, { ...resizing, axis, how });
    } else if (how.is_seg && how.order > 0) {
      resizeLabels(source, target, resizing);
    } else {
      resizeVolume(source, target, resizing);
    }
  }
  return result;
}

/** Memory is taken for the result only where its size makes sense; a spacing in another unit makes it 0, or enormous. */
function checkTarget({ shape, newShape, spacing, newSpacing }: Omit<ResampleRequest<Voxels>, 'data' | 'how'>): void {
  const isSize = newShape.every((extent) => Number.isSafeInteger(extent) && extent >= 1);
  if (isSize && elementCount(newShape) <= mostVoxels) {
    return;
  }
  throw new NnunetPlannerError(
    `The image of ${shape.slice(1).join(' x ')} voxels at spacing ${spacing.join(', ')} would be resampled to ` +
      `${newShape.join(' x ')} voxels at spacing ${newSpacing.join(', ')}.`,
    {
      code: 'resampling-size',
      remedy: 'Check the spacing in the header of the image, and its unit: the plans are in millimetres.',
    },
  );
}

/** What {@link ResampleRequest} must be. */
export const resampleRequestRule = rule.fields({
  data: rule.typedArray,
  shape: rule.listOf(rule.anyNumber),
  newShape: rule.listOf(rule.anyNumber),
  spacing: rule.listOf(rule.anyNumber),
  newSpacing: rule.listOf(rule.anyNumber),
  how: rule.fields({
    is_seg: rule.flag,
    order: rule.anyNumber,
    order_z: rule.anyNumber,
    force_separate_z: rule.orNull(rule.flag),
  }),
});

const shapeAtSpacingArguments = {
  shape: rule.listOf(rule.number()),
  spacing: rule.listOf(rule.number()),
  newSpacing: rule.listOf(rule.number()),
};
