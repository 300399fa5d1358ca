import { elementCount } from '@fractura/array-files';
import type { ResamplingArguments } from '@fractura/nnunet-format';
import { labelsIn, resizeLabels } from './resize-labels.js';
import { emptyLike, resizeVolume, type Resizing, type Voxels } from './resize-volume.js';

/** How to resize the slices across one axis separately from the axis itself. */
interface SeparateResizing extends Resizing {
  axis: number;
  how: ResamplingArguments;
}

/**
 * Resizes each slice across `axis` on its own, then the lines along it: by the nearest slice (`order_z` 0), or label by
 * label or linearly where the plans ask for it.
 *
 * @param target where the result goes; 0 everywhere.
 */
export function resampleSeparately(source: Voxels, target: Voxels, resizing: SeparateResizing): void {
  const { from, to, axis, how } = resizing;
  const flat = (size: readonly number[]) => size.map((extent, i) => (i === axis ? 1 : extent));
  const [sliceFrom, sliceTo] = [flat(from), flat(to)];
  const slice = emptyLike(source, elementCount(sliceFrom));
  const newSlice = emptyLike(source, elementCount(sliceTo));
  const resizeSlice = (index: number): Voxels => {
    takeSlice(source, from, axis, index, slice);
    newSlice.fill(0);
    const how2d = { from: sliceFrom, to: sliceTo, order: how.order };
    if (how.is_seg && how.order > 0) {
      resizeLabels(slice, newSlice, how2d);
    } else {
      resizeVolume(slice, newSlice, how2d);
    }
    return newSlice;
  };
  if (from[axis] === to[axis] || how.order_z === 0) {
    let resized = -1;
    for (let index = 0; index < to[axis]; index += 1) {
      const nearest = from[axis] === to[axis] ? index : nearestSlice(index, from[axis], to[axis]);
      if (nearest !== resized) {
        resizeSlice(nearest);
      }
      resized = nearest;
      putSlice(target, to, axis, index, newSlice);
    }
    return;
  }
  const between = to.map((extent, i) => (i === axis ? from[axis] : extent));
  const inPlane = new Float64Array(elementCount(between));
  for (let index = 0; index < from[axis]; index += 1) {
    putSlice(inPlane, between, axis, index, resizeSlice(index));
  }
  const along = { from: between, to, order: how.order_z };
  if (!how.is_seg) {
    resizeVolume(inPlane, target, along);
    return;
  }
  // The reference rounds the shares along the axis half to even, so that one half does not count here.
  const mask = new Float32Array(inPlane.length);
  const share = new Float64Array(target.length);
  for (const label of labelsIn(inPlane)) {
    for (let i = 0; i < mask.length; i += 1) {
      mask[i] = inPlane[i] === label ? 1 : 0;
    }
    resizeVolume(mask, share, along);
    for (let i = 0; i < share.length; i += 1) {
      if (share[i] > 0.5) {
        target[i] = label;
      }
    }
  }
}

/** Pixel centres aligned: `floor((i + 0.5) from / to)`. */
function nearestSlice(index: number, from: number, to: number): number {
  const position = ((index + 0.5) * from) / to - 0.5;
  return Math.floor(Math.min(Math.max(position, 0), from - 1) + 0.5);
}

function takeSlice(volume: Voxels, shape: readonly number[], axis: number, index: number, slice: Voxels): void {
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  for (let o = 0; o < outer; o += 1) {
    const start = (o * shape[axis] + index) * inner;
    if (inner === 1) {
      slice[o] = volume[start];
    } else {
      slice.set(volume.subarray(start, start + inner), o * inner);
    }
  }
}

function putSlice(volume: Voxels, shape: readonly number[], axis: number, index: number, slice: Voxels): void {
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  for (let o = 0; o < outer; o += 1) {
    const start = (o * shape[axis] + index) * inner;
    if (inner === 1) {
      volume[start] = slice[o];
    } else {
      volume.set(slice.subarray(o * inner, (o + 1) * inner), start);
    }
  }
}
