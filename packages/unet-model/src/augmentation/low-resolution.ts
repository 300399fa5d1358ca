import { roundHalfToEven } from '@fractura/python-compat';
import { filterAxis, type AxisTaps } from './filter-axis.js';

/**
 * Makes a channel `[z, y, x]` as coarse as if it had been taken at `scale` of its resolution, in place: down by the
 * nearest voxel (torch's nearest-exact), up again linearly (without aligned corners).
 *
 * Both act on each axis alone, so they are one weighted sum of two voxels along each axis.
 *
 * @see nnU-Net: batchgeneratorsv2/transforms/spatial/low_resolution.py, SimulateLowResolutionTransform
 */
export function lowerResolution(
  channel: Float32Array,
  sizeZYX: readonly number[],
  axes: readonly number[],
  scale: number,
): void {
  for (const axis of axes) {
    filterAxis(channel, sizeZYX, axis, coarseTaps(sizeZYX[axis], scale));
  }
}

function coarseTaps(extent: number, scale: number): AxisTaps {
  const coarse = Math.max(1, roundHalfToEven(extent * Math.fround(scale)));
  const taps = { width: 2, index: new Int32Array(2 * extent), weight: new Float64Array(2 * extent) };
  const sourceOf = (i: number) => Math.min(Math.floor(((i + 0.5) * extent) / coarse), extent - 1);
  for (let i = 0; i < extent; i += 1) {
    const position = Math.max(((i + 0.5) * coarse) / extent - 0.5, 0);
    const low = Math.min(Math.floor(position), coarse - 1);
    const share = position - low;
    taps.index.set([sourceOf(low), sourceOf(Math.min(low + 1, coarse - 1))], 2 * i);
    taps.weight.set([1 - share, share], 2 * i);
  }
  return taps;
}
