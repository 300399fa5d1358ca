import type { IntensityProperties } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';

/** Keeps divisions finite where an image has one value only. */
const epsilon = 1e-8;

const schemeOfChannel: Record<string, string> = {
  ct: 'CTNormalization',
  nonorm: 'NoNormalization',
  zscore: 'ZScoreNormalization',
  rescale_to_0_1: 'RescaleTo01Normalization',
  rgb_to_0_1: 'RGBTo01Normalization',
};

/** The scheme that nnU-Net takes for a channel of this name; z-score for names it does not know. */
export function normalizationScheme(channelName: string): string {
  return schemeOfChannel[channelName.toLowerCase()] ?? 'ZScoreNormalization';
}

/** How one channel is normalised. */
export interface NormaliseOptions {
  scheme: string;
  /** z-score: only where the segmentation is not negative. */
  useMask: boolean;
  /** Of the channel over the data set, from the plans; CT needs it. */
  intensities: IntensityProperties | undefined;
}

/**
 * Normalises one channel in place, in float32.
 *
 * @param values the voxels of the channel.
 * @param segmentation negative outside the non-zero mask; same length.
 * @throws NnunetPlannerError `normalization-unknown`, `intensity-range`
 * @see nnU-Net: nnunetv2/preprocessing/normalization/default_normalization_schemes.py
 */
export function normalise(values: Float32Array, segmentation: Int16Array, options: NormaliseOptions): void {
  const { scheme, useMask, intensities } = options;
  switch (scheme) {
    case 'NoNormalization':
      return;
    case 'ZScoreNormalization':
      zScore(values, useMask ? segmentation : undefined);
      return;
    case 'CTNormalization':
      clipAndScale(values, intensities);
      return;
    case 'RescaleTo01Normalization':
      rescaleTo01(values);
      return;
    case 'RGBTo01Normalization':
      rgbTo01(values);
      return;
    default:
      throw new NnunetPlannerError(`The plans normalise with ${scheme}.`, {
        code: 'normalization-unknown',
        remedy: `Known are ${Object.values(schemeOfChannel).join(', ')}.`,
      });
  }
}

/** CT: clipped to the data set's percentiles, then by its mean and standard deviation. */
function clipAndScale(values: Float32Array, intensities: IntensityProperties | undefined): void {
  if (!intensities) {
    throw new NnunetPlannerError('The plans have no intensity statistics for a channel of CT.', {
      code: 'normalization-unknown',
      remedy: 'Plan the data set again: foreground_intensity_properties_per_channel must name every channel.',
    });
  }
  const { percentile_00_5: low, percentile_99_5: high, mean, std } = intensities;
  const spread = Math.max(std, epsilon);
  for (let i = 0; i < values.length; i += 1) {
    values[i] = Math.fround(Math.min(Math.max(values[i], low), high)) - mean;
    values[i] /= spread;
  }
}

/** The image's own range to 0 to 1. */
function rescaleTo01(values: Float32Array): void {
  const [low] = range(values);
  for (let i = 0; i < values.length; i += 1) {
    values[i] -= low;
  }
  const spread = Math.max(range(values)[1], epsilon);
  for (let i = 0; i < values.length; i += 1) {
    values[i] /= spread;
  }
}

/** 0 to 255 to 0 to 1. */
function rgbTo01(values: Float32Array): void {
  const [low, high] = range(values);
  if (low < 0 || high > 255) {
    throw new NnunetPlannerError(`A channel called rgb_to_0_1 has values from ${low} to ${high}.`, {
      code: 'intensity-range',
      remedy: 'Such a channel holds 0 to 255; give it another name in dataset.json.',
    });
  }
  for (let i = 0; i < values.length; i += 1) {
    values[i] /= 255;
  }
}

/** The mean to 0, the standard deviation to 1; with a mask within it only. */
function zScore(values: Float32Array, mask: Int16Array | undefined): void {
  let number = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (mask && mask[i] < 0) {
      continue;
    }
    sum += values[i];
    number += 1;
  }
  const mean = sum / number;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (!mask || mask[i] >= 0) {
      squares += (values[i] - mean) ** 2;
    }
  }
  const spread = Math.max(Math.sqrt(squares / number), epsilon);
  for (let i = 0; i < values.length; i += 1) {
    if (!mask || mask[i] >= 0) {
      values[i] = (values[i] - mean) / spread;
    }
  }
}

function range(values: Float32Array): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) {
      low = value;
    }
    if (value > high) {
      high = value;
    }
  }
  return [low, high];
}
