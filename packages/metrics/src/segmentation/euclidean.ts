import type { Triple } from './grid.js';

/**
 * The squared distance of each voxel to the nearest feature, exact, in time linear in the voxels: along each row
 * by two scans, then along the other axes by the lower envelope of parabolas.
 *
 * @param features 1 where a feature is, 0 elsewhere.
 * @returns Infinity everywhere where there is no feature.
 * @see Felzenszwalb and Huttenlocher 2012, "Distance transforms of sampled functions", section 2
 */
export function squaredDistances(features: Uint8Array, shape: Triple, spacing: Triple): Float64Array {
  const [slices, rows, columns] = shape;
  const squared = alongRows(features, shape, spacing[2]);
  alongAxis(squared, { size: rows, stride: columns, inner: columns, outer: slices }, spacing[1]);
  alongAxis(squared, { size: slices, stride: rows * columns, inner: rows * columns, outer: 1 }, spacing[0]);
  return squared;
}

/**
 * {@link squaredDistances} of some voxels. From each the rows around it are searched outwards until none can be nearer; where
 * that would take longer than the envelopes, for surfaces far apart, those are made.
 */
export function squaredDistancesAt(
  voxels: ArrayLike<number>,
  features: Uint8Array,
  shape: Triple,
  spacing: Triple,
): Float64Array {
  const [slices, rows, columns] = shape;
  const squared = alongRows(features, shape, spacing[2]);
  const plane = rows * columns;
  const rowAxis = { size: rows, stride: columns, gaps: squaredGaps(rows, spacing[1]) };
  const sliceAxis = { size: slices, stride: plane, gaps: squaredGaps(slices, spacing[0]) };
  const nearest = new Float64Array(voxels.length);
  let work = 0;
  for (let n = 0; n < voxels.length; n += 1) {
    const i = voxels[n];
    const slice = Math.floor(i / plane);
    const row = Math.floor((i - slice * plane) / columns);
    const inSlice = outwards(squared, i, row, rowAxis, 0, squared[i]);
    nearest[n] = slices > 1 ? outwards(squared, i, slice, sliceAxis, 0, inSlice) : inSlice;
    work += Math.min((Math.PI * nearest[n]) / (spacing[0] * spacing[1]), slices * rows);
  }
  if (slices === 1) return nearest;
  const far = work > 8 * features.length;
  if (far) alongAxis(squared, { size: rows, stride: columns, inner: columns, outer: slices }, spacing[1]);
  for (let n = 0; n < voxels.length; n += 1) {
    const i = voxels[n];
    const slice = Math.floor(i / plane);
    if (far) {
      nearest[n] = outwards(squared, i, slice, sliceAxis, 0, squared[i]);
      continue;
    }
    const row = Math.floor((i - slice * plane) / columns);
    let best = nearest[n];
    for (let gap = 1; gap < slices && sliceAxis.gaps[gap] < best; gap += 1) {
      const base = sliceAxis.gaps[gap];
      if (gap <= slice) best = outwards(squared, i - gap * plane, row, rowAxis, base, best);
      if (slice + gap < slices) best = outwards(squared, i + gap * plane, row, rowAxis, base, best);
    }
    nearest[n] = best;
  }
  return nearest;
}

/** The least of `best` and base + (gap)² + the value `gap` away from `i` along an axis. */
function outwards(
  values: Float64Array,
  i: number,
  place: number,
  { size, stride, gaps }: { size: number; stride: number; gaps: Float64Array },
  base: number,
  best: number,
): number {
  let nearest = Math.min(best, base + values[i]);
  const reach = Math.max(place, size - 1 - place);
  for (let gap = 1; gap <= reach; gap += 1) {
    const least = base + gaps[gap];
    if (least >= nearest) break;
    if (gap <= place) nearest = Math.min(nearest, least + values[i - gap * stride]);
    if (place + gap < size) nearest = Math.min(nearest, least + values[i + gap * stride]);
  }
  return nearest;
}

const squaredGaps = (size: number, step: number) =>
  Float64Array.from({ length: size }, (_, gap) => gap * step * (gap * step));

function alongRows(features: Uint8Array, [, , columns]: Triple, step: number): Float64Array {
  const squared = new Float64Array(features.length).fill(Infinity);
  const gaps = squaredGaps(columns, step);
  for (let start = 0; start < features.length; start += columns) {
    let before = features.indexOf(1, start);
    if (before < 0) break;
    start = before - (before % columns);
    const end = start + columns;
    for (let i = start; i < before; i += 1) squared[i] = gaps[before - i];
    for (let i = before; i < end; i += 1) {
      if (features[i] === 0) {
        squared[i] = gaps[i - before];
        continue;
      }
      // What is nearer to this feature than to the one before.
      squared[i] = 0;
      for (let k = i - 1; i - k < k - before; k -= 1) squared[k] = gaps[i - k];
      before = i;
    }
  }
  return squared;
}

/** Lines of a volume along one axis: a line starts at each of `inner` neighbours in each of `outer` blocks. */
interface Axis {
  size: number;
  stride: number;
  inner: number;
  outer: number;
}

/** Replaces each line f by the minimum over v of f(v) + (step (q - v))². */
function alongAxis(values: Float64Array, { size, stride, inner, outer }: Axis, step: number): void {
  const f = new Float64Array(size);
  const vertices = new Int32Array(size);
  const from = new Float64Array(size + 1);
  const gaps = squaredGaps(size, step);
  const perGap = Float64Array.from({ length: size }, (_, gap) => 1 / (2 * step * step * gap));
  for (let block = 0; block < outer; block += 1) {
    for (let line = 0; line < inner; line += 1) {
      const start = block * size * stride + line;
      let k = -1;
      for (let q = 0, i = start; q < size; q += 1, i += stride) {
        const height = values[i];
        if (height === Infinity) continue;
        const lifted = height + gaps[q];
        f[q] = lifted;
        let crossing = -Infinity;
        while (k >= 0) {
          const v = vertices[k];
          crossing = (lifted - f[v]) * perGap[q - v];
          if (crossing > from[k]) break;
          k -= 1;
        }
        k += 1;
        vertices[k] = q;
        from[k] = k === 0 ? -Infinity : crossing;
      }
      if (k < 0) continue;
      from[k + 1] = Infinity;
      for (let j = 0; j <= k; j += 1) f[j] = values[start + vertices[j] * stride];
      for (let q = 0, j = 0, i = start; q < size; q += 1, i += stride) {
        while (from[j + 1] < q) j += 1;
        values[i] = f[j] + gaps[Math.abs(q - vertices[j])];
      }
    }
  }
}
