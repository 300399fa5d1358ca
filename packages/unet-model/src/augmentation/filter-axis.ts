import { elementCount } from '@fractura/array-files';

/** The weighted sources of each position along an axis: `width` indices and weights for each position. */
export interface AxisTaps {
  width: number;
  index: Int32Array;
  weight: Float64Array;
}

/** Replaces every line of a channel `[z, y, x]` along an axis by weighted sums of its own values, in place. */
export function filterAxis(
  channel: Float32Array,
  sizeZYX: readonly number[],
  axis: number,
  { width, index, weight }: AxisTaps,
): void {
  const extent = sizeZYX[axis];
  const stride = elementCount(sizeZYX.slice(axis + 1));
  const line = new Float64Array(extent);
  for (let outer = 0; outer < channel.length; outer += extent * stride) {
    for (let from = outer; from < outer + stride; from += 1) {
      for (let i = 0; i < extent; i += 1) {
        line[i] = channel[from + i * stride];
      }
      for (let i = 0; i < extent; i += 1) {
        let sum = 0;
        for (let k = i * width; k < (i + 1) * width; k += 1) {
          sum += weight[k] * line[index[k]];
        }
        channel[from + i * stride] = sum;
      }
    }
  }
}
