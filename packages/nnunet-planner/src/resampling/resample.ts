import { roundHalfToEven } from '@fractura/python-compat';
import type { ResamplingArguments } from '../plans/plans.js';
import { resizeAxis, resizeVolume } from './resize-volume.js';
import { separateAxis } from './separate-axis.js';

/** An image or segmentation that is to change its spacing. */
export interface ResampleRequest {
  /** `[channels, z, y, x]` in C order. */
  data: ArrayLike<number>;
  shape: readonly number[];
  /** `[z, y, x]` */
  newShape: readonly number[];
  /** Along z, y, x, before and after. */
  spacing: readonly number[];
  newSpacing: readonly number[];
  how: ResamplingArguments;
}

/** The shape at a new spacing: `round(old / new * size)` along each axis, half to even. */
export function shapeAtSpacing(
  shape: readonly number[],
  spacing: readonly number[],
  newSpacing: readonly number[],
): number[] {
  return shape.map((extent, axis) => roundHalfToEven((spacing[axis] / newSpacing[axis]) * extent));
}

/**
 * Resamples as nnU-Net's `resample_data_or_seg_to_shape`: in float64, channel by channel; slice by slice where one axis is
 * far coarser; segmentations label by label.
 *
 * @returns `[channels, z, y, x]`; the input's numbers where the shape stays.
 * @see reference/nnunet-v2/behaviour.md, section 4.3
 */
export function resample({ data, shape, newShape, spacing, newSpacing, how }: ResampleRequest): ArrayLike<number> {
  const size = shape.slice(1);
  if (size.every((extent, axis) => extent === newShape[axis])) return data;
  const voxels = product(size);
  const axis = separateAxis(spacing, newSpacing, how.force_separate_z);
  const result = new Float64Array(shape[0] * product(newShape));
  for (let channel = 0; channel < shape[0]; channel += 1) {
    const volume = Float64Array.from({ length: voxels }, (_, i) => data[channel * voxels + i]);
    const resampled =
      axis === undefined ? resize(volume, size, newShape, how) : resizeApart(volume, size, newShape, axis, how);
    result.set(resampled, channel * resampled.length);
  }
  return result;
}

function resize(
  volume: Float64Array,
  shape: readonly number[],
  newShape: readonly number[],
  { is_seg, order }: ResamplingArguments,
): Float64Array {
  return is_seg && order > 0
    ? resizeLabels(
        volume,
        (mask) => resizeVolume(mask, shape, newShape, order),
        (share) => share >= 0.5,
      )
    : resizeVolume(volume, shape, newShape, order);
}

/** Each slice across `axis` on its own, then the slices along it. */
function resizeApart(
  volume: Float64Array,
  shape: readonly number[],
  newShape: readonly number[],
  axis: number,
  how: ResamplingArguments,
): Float64Array {
  const sliceShape = shape.map((extent, i) => (i === axis ? 1 : extent));
  const newSliceShape = newShape.map((extent, i) => (i === axis ? 1 : extent));
  const between = newShape.map((extent, i) => (i === axis ? shape[axis] : extent));
  const inPlane = new Float64Array(product(between));
  for (let slice = 0; slice < shape[axis]; slice += 1) {
    const taken = takeSlice(volume, shape, axis, slice);
    putSlice(inPlane, between, axis, slice, resize(taken, sliceShape, newSliceShape, how));
  }
  if (shape[axis] === newShape[axis]) return inPlane;
  const along = (values: Float64Array) => resizeAxis(values, between, axis, newShape[axis], how.order_z);
  // The reference rounds the shares along the axis half to even, so that one half does not count here.
  return how.is_seg && how.order_z > 0 ? resizeLabels(inPlane, along, (share) => share > 0.5) : along(inPlane);
}

/** Each label's mask is resized linearly; a voxel takes the largest label whose share there is enough, else 0. */
function resizeLabels(
  volume: Float64Array,
  resizeMask: (mask: Float64Array) => Float64Array,
  isEnough: (share: number) => boolean,
): Float64Array {
  let result: Float64Array | undefined;
  for (const label of [...new Set(volume)].sort((a, b) => a - b)) {
    const mask = resizeMask(volume.map((value) => (value === label ? 1 : 0)));
    result ??= new Float64Array(mask.length);
    for (let i = 0; i < mask.length; i += 1) if (isEnough(mask[i])) result[i] = label;
  }
  return result ?? volume;
}

function takeSlice(volume: Float64Array, shape: readonly number[], axis: number, slice: number): Float64Array {
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const taken = new Float64Array(outer * inner);
  for (let o = 0; o < outer; o += 1) {
    const from = (o * shape[axis] + slice) * inner;
    taken.set(volume.subarray(from, from + inner), o * inner);
  }
  return taken;
}

function putSlice(
  volume: Float64Array,
  shape: readonly number[],
  axis: number,
  slice: number,
  values: Float64Array,
): void {
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  for (let o = 0; o < outer; o += 1) {
    volume.set(values.subarray(o * inner, (o + 1) * inner), (o * shape[axis] + slice) * inner);
  }
}

const product = (values: readonly number[]) => values.reduce((result, value) => result * value, 1);
