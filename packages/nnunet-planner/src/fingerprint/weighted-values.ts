/** Distinct numbers in ascending order and how often each comes. */
export interface WeightedValues {
  values: Float32Array;
  counts: Float64Array;
}

/** Whole numbers within such a range are counted in a table; others are sorted. */
const largestTable = 1 << 20;

/**
 * Brings numbers that come `counts[i]` times each together: ascending and distinct.
 *
 * @param values without NaN.
 */
export function weighValues(values: Float32Array, counts: ArrayLike<number>): WeightedValues {
  const { low, high, whole } = rangeOf(values);
  if (!whole || high - low >= largestTable) {
    return weighBySorting(values, counts);
  }
  const table = new Float64Array(high - low + 1);
  for (let i = 0; i < values.length; i += 1) {
    table[values[i] - low] += counts[i];
  }
  const present = table.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const result = { values: new Float32Array(present), counts: new Float64Array(present) };
  for (let i = 0, to = 0; i < table.length; i += 1) {
    if (table[i] === 0) {
      continue;
    }
    result.values[to] = low + i;
    result.counts[to] = table[i];
    to += 1;
  }
  return result;
}

/** Several of these as one. */
export function joinWeighted(parts: readonly WeightedValues[]): WeightedValues {
  const length = parts.reduce((sum, { values }) => sum + values.length, 0);
  const joined = { values: new Float32Array(length), counts: new Float64Array(length) };
  let offset = 0;
  for (const { values, counts } of parts) {
    joined.values.set(values, offset);
    joined.counts.set(counts, offset);
    offset += values.length;
  }
  return weighValues(joined.values, joined.counts);
}

function rangeOf(values: Float32Array): { low: number; high: number; whole: boolean } {
  let low = Infinity;
  let high = -Infinity;
  let whole = values.length > 0;
  for (const value of values) {
    if (value < low) {
      low = value;
    }
    if (value > high) {
      high = value;
    }
    if (!Number.isInteger(value)) {
      whole = false;
    }
  }
  return { low, high, whole };
}

function weighBySorting(all: Float32Array, weights: ArrayLike<number>): WeightedValues {
  const distinct = all.slice().sort();
  let kept = 0;
  for (let i = 0; i < distinct.length; i += 1) {
    if (i === 0 || distinct[i] !== distinct[i - 1]) {
      distinct[kept++] = distinct[i];
    }
  }
  const values = distinct.slice(0, kept);
  const counts = new Float64Array(kept);
  for (let i = 0; i < all.length; i += 1) {
    counts[lowerBound(values, all[i])] += weights[i];
  }
  return weightedAbove0({ values, counts });
}

/** Without the numbers that never come. */
function weightedAbove0({ values, counts }: WeightedValues): WeightedValues {
  if (!counts.includes(0)) {
    return { values, counts };
  }
  return { values: values.filter((_, i) => counts[i] > 0), counts: counts.filter((count) => count > 0) };
}

/** The first index whose value is at least `wanted`. */
export function lowerBound(sorted: Float32Array | Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
