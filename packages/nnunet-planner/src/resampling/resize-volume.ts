import { lineResizer, type ResizeLine } from './resize-lines.js';
import { linearPlaneResizer } from './resize-plane-linearly.js';

/** What is resized: images in floating point, segmentations in either. */
export type Voxels = Float32Array | Float64Array | Int16Array;

/** Zeros of the type of `voxels`. */
export function emptyLike<Data extends Voxels>(voxels: Data, length: number): Data {
  return new (voxels.constructor as new (length: number) => Data)(length);
}

/** Sizes along z, y, x before and after. */
export interface Resizing {
  from: readonly number[];
  to: readonly number[];
  /** 0 nearest, 1 linear, 3 cubic B-spline. */
  order: number;
}

/**
 * Resizes a volume axis by axis in float64 and keeps the result within the range of the input, as scikit-image's `resize`
 * does with `clip=True`.
 *
 * Slices are resized one after the other, then the lines across them, so that only one volume of float64 is held.
 *
 * @param source `[z, y, x]` in C order.
 * @param target where the result goes, rounded to its type.
 */
export function resizeVolume(source: Voxels, target: Voxels, { from, to, order }: Resizing): void {
  const slice = from[1] * from[2];
  const newSlice = to[1] * to[2];
  const resize = (order === 1 ? linearPlaneResizer : planeResizer)(from.slice(1), to.slice(1), order);
  const between = from[0] === to[0] ? target : new Float64Array(from[0] * newSlice);
  for (let z = 0; z < from[0]; z += 1) {
    resize(source.subarray(z * slice, (z + 1) * slice), between.subarray(z * newSlice, (z + 1) * newSlice));
  }
  if (between !== target) {
    resizeLines(between, target, lineResizer(from[0], to[0], order), { from: from[0], to: to[0], step: newSlice });
  }
  // A spline may swing beyond the values that it goes through.
  if (order === 3) {
    clip(target, source);
  }
}

/** The resizing of planes `[y, x]` of one size, one at a time. */
function planeResizer(
  [height, width]: readonly number[],
  [newHeight, newWidth]: readonly number[],
  order: number,
): (source: Voxels, target: Voxels) => void {
  const down = height === newHeight ? undefined : lineResizer(height, newHeight, order);
  const across = width === newWidth ? undefined : lineResizer(width, newWidth, order);
  const between = new Float64Array(newHeight * width);
  const result = new Float64Array(newHeight * newWidth);
  const plane = new Float64Array(height * width);
  return (source, target) => {
    plane.set(source);
    if (down) {
      resizeLines(plane, between, down, { from: height, to: newHeight, step: width });
    }
    const current = down ? between : plane;
    if (!across) {
      target.set(current);
      return;
    }
    for (let y = 0; y < newHeight; y += 1) {
      across(current.subarray(y * width, (y + 1) * width), result.subarray(y * newWidth, (y + 1) * newWidth));
    }
    target.set(result);
  };
}

/** Resizes the lines along the first axis of `[first, rest]`, `step` of them. */
function resizeLines(
  source: Voxels,
  target: Voxels,
  resize: ResizeLine,
  { from, to, step }: { from: number; to: number; step: number },
): void {
  const line = new Float64Array(from);
  const resized = new Float64Array(to);
  for (let i = 0; i < step; i += 1) {
    for (let k = 0, at = i; k < from; k += 1, at += step) {
      line[k] = source[at];
    }
    resize(line, resized);
    for (let k = 0, at = i; k < to; k += 1, at += step) {
      target[at] = resized[k];
    }
  }
}

function clip(values: Voxels, range: ArrayLike<number>): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < range.length; i += 1) {
    if (range[i] < low) {
      low = range[i];
    }
    if (range[i] > high) {
      high = range[i];
    }
  }
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] < low) {
      values[i] = low;
    } else if (values[i] > high) {
      values[i] = high;
    }
  }
}
