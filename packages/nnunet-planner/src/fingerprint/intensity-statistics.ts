import { percentile, RandomState } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';

/** Statistics of a channel's foreground intensities over all cases. */
export interface IntensityProperties {
  max: number;
  mean: number;
  median: number;
  min: number;
  percentile_00_5: number;
  percentile_99_5: number;
  std: number;
}

/** Distinct intensities of one case and how often each was drawn. */
export interface DrawnIntensities {
  values: Float32Array;
  counts: Uint32Array;
}

/** Every case draws with this seed, so that cases can be read in any order. */
const seedOfCases = 1234;

/**
 * Draws `count` foreground intensities of each channel with replacement, as nnU-Net does: one generator a case, the
 * channels one after the other. Without foreground nothing is drawn.
 *
 * @param data `[channels, voxels]`; foreground is where `segmentation` is above 0.
 */
export function drawIntensities(
  data: Float32Array,
  channels: number,
  segmentation: Int16Array,
  count: number,
): DrawnIntensities[] {
  const voxels = segmentation.length;
  const foreground = Uint32Array.from(indicesWhere(segmentation));
  const random = new RandomState(seedOfCases);
  return Array.from({ length: channels }, (_, channel) => {
    const drawn = new Map<number, number>();
    if (foreground.length > 0) {
      const times = random.countChoices(foreground.length, count);
      for (let i = 0; i < foreground.length; i += 1) {
        if (times[i] === 0) continue;
        const value = data[channel * voxels + foreground[i]];
        drawn.set(value, (drawn.get(value) ?? 0) + times[i]);
      }
    }
    return { values: Float32Array.from(drawn.keys()), counts: Uint32Array.from(drawn.values()) };
  });
}

function* indicesWhere(segmentation: Int16Array): Generator<number> {
  for (let i = 0; i < segmentation.length; i += 1) if (segmentation[i] > 0) yield i;
}

/**
 * The statistics of all that was drawn: percentiles interpolate linearly, the standard deviation is the population's.
 *
 * @throws NnunetPlannerError `no-foreground`
 */
export function intensityProperties(drawn: readonly DrawnIntensities[]): IntensityProperties {
  const { values, ends } = sortedWithEnds(drawn);
  const total = ends.at(-1) ?? 0;
  if (total === 0) {
    throw new NnunetPlannerError('no case has a labelled voxel', {
      code: 'no-foreground',
      remedy: 'Check that the labels are in labelsTr and hold numbers above 0.',
    });
  }
  // The drawn intensities in ascending order, without writing each of up to 1e8 down.
  const sorted = new Proxy<ArrayLike<number>>(
    { length: total },
    {
      get: (target, key) => (key === 'length' ? target.length : valueAt(Number(key), values, ends)),
    },
  );
  let sum = 0;
  let sumOfSquares = 0;
  const countOf = (i: number) => ends[i] - (i === 0 ? 0 : ends[i - 1]);
  for (let i = 0; i < values.length; i += 1) sum += values[i] * countOf(i);
  const mean = sum / total;
  for (let i = 0; i < values.length; i += 1) sumOfSquares += (values[i] - mean) ** 2 * countOf(i);
  return {
    max: values[values.length - 1],
    mean,
    median: percentile(sorted, 50),
    min: values[0],
    percentile_00_5: percentile(sorted, 0.5),
    percentile_99_5: percentile(sorted, 99.5),
    std: Math.sqrt(sumOfSquares / total),
  };
}

/** Distinct values in ascending order, each with the number of draws up to and including it. */
function sortedWithEnds(drawn: readonly DrawnIntensities[]): { values: Float32Array; ends: Float64Array } {
  const all = new Float32Array(drawn.reduce((sum, { values }) => sum + values.length, 0));
  const weights = new Uint32Array(all.length);
  let offset = 0;
  for (const { values, counts } of drawn) {
    all.set(values, offset);
    weights.set(counts, offset);
    offset += values.length;
  }
  const distinct = all.slice().sort();
  let kept = 0;
  for (let i = 0; i < distinct.length; i += 1)
    if (i === 0 || distinct[i] !== distinct[i - 1]) distinct[kept++] = distinct[i];
  const values = distinct.subarray(0, kept);
  const ends = new Float64Array(kept);
  for (let i = 0; i < all.length; i += 1) ends[lowerBound(values, all[i])] += weights[i];
  for (let i = 1; i < kept; i += 1) ends[i] += ends[i - 1];
  return { values, ends };
}

function valueAt(position: number, values: Float32Array, ends: Float64Array): number {
  return values[lowerBound(ends, position + 1)];
}

/** The first index whose value is at least `wanted`. */
function lowerBound(sorted: Float32Array | Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
