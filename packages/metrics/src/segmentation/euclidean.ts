import type { Triple } from './grid.js';

/**
 * The squared distance of each voxel to the nearest feature, exact, in time linear in the voxels: along each row
 * by two scans, then along the other axes by the lower envelope of parabolas.
 *
 * @param features The indices of the features, ascending.
 * @returns Infinity everywhere where there is no feature.
 * @see Felzenszwalb and Huttenlocher 2012, "Distance transforms of sampled functions", section 2
 */
export function squaredDistances(features: ArrayLike<number>, shape: Triple, spacing: Triple): Float64Array {
  const [slices, rows, columns] = shape;
  const squares = squaresByRank(columns, spacing[2]);
  const squared = Float64Array.from(ranksInRows(features, shape), (rank) => squares[rank]);
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
  features: ArrayLike<number>,
  shape: Triple,
  spacing: Triple,
): Float64Array {
  const [slices, rows, columns] = shape;
  const ranks = ranksInRows(features, shape);
  const squares = squaresByRank(columns, spacing[2]);
  const plane = rows * columns;
  const rowAxis = { size: rows, stride: columns, gaps: squaredGaps(rows, spacing[1]) };
  const sliceAxis = { size: slices, stride: plane, gaps: squaredGaps(slices, spacing[0]) };
  const nearest = new Float64Array(voxels.length);
  // The places that may be looked at before envelopes would be faster.
  let left = 8 * ranks.length;
  let [distance, sliceBefore, rowBefore, columnBefore] = [Infinity, 0, 0, 0];
  for (let n = 0; n < voxels.length; n += 1) {
    const i = voxels[n];
    const line = Math.floor(i / columns);
    const column = i - line * columns;
    const slice = Math.floor(line / rows);
    const row = line - slice * rows;
    // No farther than by way of the voxel before, of which rounding may take nothing.
    const detour =
      distance +
      spacing[0] * Math.abs(slice - sliceBefore) +
      spacing[1] * Math.abs(row - rowBefore) +
      spacing[2] * Math.abs(column - columnBefore);
    let best = outwards(ranks, squares, i, row, rowAxis, 0, detour * detour * (1 + 1e-9));
    for (let gap = 1; gap < slices && sliceAxis.gaps[gap] < best; gap += 1) {
      const base = sliceAxis.gaps[gap];
      if (gap <= slice) {
        best = outwards(ranks, squares, i - gap * plane, row, rowAxis, base, best);
      }
      if (slice + gap < slices) {
        best = outwards(ranks, squares, i + gap * plane, row, rowAxis, base, best);
      }
    }
    nearest[n] = best;
    left -= Math.min((Math.PI * best) / (spacing[0] * spacing[1]), slices * rows);
    if (left < 0) {
      const squared = squaredDistances(features, shape, spacing);
      return nearest.map((_, n) => squared[voxels[n]]);
    }
    [distance, sliceBefore, rowBefore, columnBefore] = [Math.sqrt(best), slice, row, column];
  }
  return nearest;
}

/** The least of `best` and base + (gap)² + the square `gap` away from `i` along an axis. */
function outwards(
  ranks: Ranks,
  squares: Float64Array,
  i: number,
  place: number,
  { size, stride, gaps }: { size: number; stride: number; gaps: Float64Array },
  base: number,
  best: number,
): number {
  let nearest = Math.min(best, base + squares[ranks[i]]);
  const reach = Math.max(place, size - 1 - place);
  for (let gap = 1; gap <= reach; gap += 1) {
    const least = base + gaps[gap];
    if (least >= nearest) {
      break;
    }
    if (gap <= place) {
      nearest = Math.min(nearest, least + squares[ranks[i - gap * stride]]);
    }
    if (place + gap < size) {
      nearest = Math.min(nearest, least + squares[ranks[i + gap * stride]]);
    }
  }
  return nearest;
}
const squaredGaps = (size: number, step: number) =>
  Float64Array.from({ length: size }, (_, gap) => gap * step * (gap * step));

/** How far the nearest feature of the same row is: 0 where there is none, 1 at the feature itself, 2 beside it. */
type Ranks = Uint16Array | Uint32Array;

const squaresByRank = (columns: number, step: number) => Float64Array.of(Infinity, ...squaredGaps(columns, step));

function ranksInRows(features: ArrayLike<number>, [slices, rows, columns]: Triple): Ranks {
  const ranks = new (columns < 2 ** 16 ? Uint16Array : Uint32Array)(slices * rows * columns);
  for (let n = 0; n < features.length;) {
    let before = features[n];
    const start = before - (before % columns);
    for (let i = start; i <= before; i += 1) {
      ranks[i] = before - i + 1;
    }
    for (n += 1; n < features.length && features[n] < start + columns; n += 1) {
      const next = features[n];
      const middle = before + ((next - before) >> 1);
      for (let i = before + 1; i <= middle; i += 1) {
        ranks[i] = i - before + 1;
      }
      for (let i = middle + 1; i <= next; i += 1) {
        ranks[i] = next - i + 1;
      }
      before = next;
    }
    for (let i = before + 1; i < start + columns; i += 1) {
      ranks[i] = i - before + 1;
    }
  }
  return ranks;
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
        if (height === Infinity) {
          continue;
        }
        const lifted = height + gaps[q];
        f[q] = lifted;
        let crossing = -Infinity;
        while (k >= 0) {
          const v = vertices[k];
          crossing = (lifted - f[v]) * perGap[q - v];
          if (crossing > from[k]) {
            break;
          }
          k -= 1;
        }
        k += 1;
        vertices[k] = q;
        from[k] = k === 0 ? -Infinity : crossing;
      }
      if (k < 0) {
        continue;
      }
      from[k + 1] = Infinity;
      for (let j = 0; j <= k; j += 1) {
        f[j] = values[start + vertices[j] * stride];
      }
      for (let q = 0, j = 0, i = start; q < size; q += 1, i += stride) {
        while (from[j + 1] < q) {
          j += 1;
        }
        values[i] = f[j] + gaps[Math.abs(q - vertices[j])];
      }
    }
  }
}
