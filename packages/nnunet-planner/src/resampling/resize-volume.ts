import { lineResizer } from './resize-lines.js';

type Shape3 = readonly number[];

/**
 * Resizes a volume axis by axis and keeps the result within the range of the input, as scikit-image's `resize` does with
 * `clip=True`.
 *
 * @param volume `[z, y, x]` in C order.
 * @param order 0 nearest, 1 linear, 3 cubic B-spline.
 */
export function resizeVolume(volume: Float64Array, shape: Shape3, newShape: Shape3, order: number): Float64Array {
  let current = volume;
  const size = [...shape];
  for (let axis = 0; axis < size.length; axis += 1) {
    if (size[axis] === newShape[axis]) continue;
    current = resizeAxis(current, size, axis, newShape[axis], order);
    size[axis] = newShape[axis];
  }
  if (order === 3) clip(current, volume);
  return current;
}

/** Resizes along one axis. */
export function resizeAxis(
  volume: Float64Array,
  shape: Shape3,
  axis: number,
  extent: number,
  order: number,
): Float64Array {
  const from = shape[axis];
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const resize = lineResizer(from, extent, order);
  const line = new Float64Array(from);
  const resized = new Float64Array(extent);
  const result = new Float64Array(outer * extent * inner);
  for (let o = 0; o < outer; o += 1) {
    for (let i = 0; i < inner; i += 1) {
      for (let k = 0, at = o * from * inner + i; k < from; k += 1, at += inner) line[k] = volume[at];
      resize(line, resized);
      for (let k = 0, at = o * extent * inner + i; k < extent; k += 1, at += inner) result[at] = resized[k];
    }
  }
  return result;
}

function clip(values: Float64Array, range: Float64Array): void {
  let low = Infinity;
  let high = -Infinity;
  for (const value of range) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (let i = 0; i < values.length; i += 1) values[i] = Math.min(Math.max(values[i], low), high);
}

const product = (values: readonly number[]) => values.reduce((result, value) => result * value, 1);
