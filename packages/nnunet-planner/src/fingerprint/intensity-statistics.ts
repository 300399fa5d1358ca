import type { IntensityProperties } from '@fractura/nnunet-format';
import { percentile, RandomState } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';
import { joinWeighted, lowerBound, weighValues, type WeightedValues } from './weighted-values.js';

/** Every case draws with this seed, so that cases can be read in any order. */
const caseSeed = RandomState.record(1234);

/**
 * Draws `count` foreground intensities of each channel with replacement, as nnU-Net does: one generator a case, the
 * channels one after the other. Without foreground nothing is drawn.
 *
 * @param data `[channels, voxels]`; foreground is where `segmentation` is above 0.
 * @returns for each channel, what was drawn and how often.
 * @see nnU-Net: nnunetv2/experiment_planning/dataset_fingerprint/fingerprint_extractor.py,
 *   DatasetFingerprintExtractor.collect_foreground_intensities
 */
export function drawIntensities(
  data: Float32Array,
  channels: number,
  segmentation: Int16Array,
  count: number,
): WeightedValues[] {
  const voxels = segmentation.length;
  const foreground = foregroundIndices(segmentation);
  const random = new RandomState(caseSeed);
  return Array.from({ length: channels }, (_, channel) => {
    if (foreground.length === 0) {
      return { values: new Float32Array(0), counts: new Float64Array(0) };
    }
    const times = random.countChoices(foreground.length, count);
    const values = new Float32Array(foreground.length);
    for (let i = 0; i < foreground.length; i += 1) {
      values[i] = data[channel * voxels + foreground[i]];
    }
    return weighValues(values, times);
  });
}

function foregroundIndices(segmentation: Int16Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < segmentation.length; i += 1) {
    if (segmentation[i] > 0) {
      count += 1;
    }
  }
  const indices = new Uint32Array(count);
  for (let i = 0, to = 0; to < count; i += 1) {
    if (segmentation[i] > 0) {
      indices[to++] = i;
    }
  }
  return indices;
}

/**
 * The statistics of all that was drawn: percentiles interpolate linearly, the standard deviation is the population's.
 *
 * @throws NnunetPlannerError `no-foreground`
 */
export function intensityProperties(drawn: readonly WeightedValues[]): IntensityProperties {
  const { values, counts } = joinWeighted(drawn);
  const ends = new Float64Array(counts.length);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    total += counts[i];
    ends[i] = total;
    sum += values[i] * counts[i];
  }
  if (total === 0) {
    throw new NnunetPlannerError('No case has a labelled voxel.', {
      code: 'no-foreground',
      remedy: 'Check that the labels are in labelsTr and hold numbers above 0.',
    });
  }
  const mean = sum / total;
  let sumOfSquares = 0;
  for (let i = 0; i < values.length; i += 1) {
    sumOfSquares += (values[i] - mean) ** 2 * counts[i];
  }
  // All drawn intensities in ascending order: up to 1e8 numbers, which are not stored one by one.
  const sorted = { length: total, at: (index: number) => values[lowerBound(ends, index + 1)] };
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
