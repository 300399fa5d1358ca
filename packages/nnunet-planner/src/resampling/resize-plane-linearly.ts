import { linearTaps } from './resize-lines.js';

/** Numbers of a plane, and of what is made of it. */
type Numbers = Float32Array | Float64Array | Int16Array;

/**
 * The linear resizing of planes `[y, x]` of one size, in float64: along y, then along x, as by lines, but row by row of the result, so
 * that memory is walked in order and nothing between is held.
 */
export function linearPlaneResizer(
  [height, width]: readonly number[],
  [newHeight, newWidth]: readonly number[],
): (source: Numbers, target: Numbers) => void {
  const down = linearTaps(height, newHeight);
  const across = linearTaps(width, newWidth);
  const row = new Float64Array(width);
  return (source, target) => {
    for (let y = 0; y < newHeight; y += 1) {
      const low = down.lows[y] * width;
      if (height === newHeight) {
        row.set(source.subarray(low, low + width));
      } else {
        blendRows(source, { low, high: down.highs[y] * width, weight: down.weights[y] }, row);
      }
      if (width === newWidth) {
        target.set(row, y * newWidth);
      } else {
        stretchRow(row, across, target, y * newWidth);
      }
    }
  };
}

function blendRows(
  source: Numbers,
  { low, high, weight }: { low: number; high: number; weight: number },
  row: Float64Array,
): void {
  for (let x = 0; x < row.length; x += 1) {
    row[x] = source[low + x] * (1 - weight) + source[high + x] * weight;
  }
}

function stretchRow(
  row: Float64Array,
  { lows, highs, weights }: ReturnType<typeof linearTaps>,
  target: Numbers,
  start: number,
): void {
  for (let x = 0; x < lows.length; x += 1) {
    target[start + x] = row[lows[x]] * (1 - weights[x]) + row[highs[x]] * weights[x];
  }
}
