import type { RandomState } from '@fractura/python-compat';

/** Multiplies the values of one channel, in place. */
export function brightness(channel: Float32Array, multiplier: number): void {
  for (let i = 0; i < channel.length; i += 1) {
    channel[i] *= multiplier;
  }
}

/** Stretches the values of one channel about their mean, in place, within their old range. */
export function contrast(channel: Float32Array, factor: number): void {
  const { mean, min, max } = statistics(channel);
  for (let i = 0; i < channel.length; i += 1) {
    channel[i] = Math.min(Math.max((channel[i] - mean) * factor + mean, min), max);
  }
}

/** Adds normal noise of a standard deviation, in place. */
export function gaussianNoise(values: Float32Array, random: RandomState, deviation: number): void {
  for (let i = 0; i < values.length; i += 1) {
    values[i] += deviation * random.standardNormal();
  }
}

/** What a division by a range or deviation of 0 takes instead. */
const smallest = 1e-7;

/**
 * Raises one channel, brought to [0, 1], to the power gamma, in place, and gives it back its mean and standard deviation;
 * `inverted` does so to the negative.
 *
 * @see nnU-Net: batchgeneratorsv2/transforms/intensity/gamma.py, GammaTransform
 */
export function gamma(channel: Float32Array, exponent: number, { inverted }: { inverted: boolean }): void {
  if (inverted) {
    brightness(channel, -1);
  }
  const before = statistics(channel);
  const range = before.max - before.min;
  const divisor = Math.max(range, smallest);
  for (let i = 0; i < channel.length; i += 1) {
    channel[i] = ((channel[i] - before.min) / divisor) ** exponent * range + before.min;
  }
  const after = statistics(channel);
  const stretch = before.deviation / Math.max(after.deviation, smallest);
  for (let i = 0; i < channel.length; i += 1) {
    channel[i] = (channel[i] - after.mean) * stretch + before.mean;
  }
  if (inverted) {
    brightness(channel, -1);
  }
}

/** Mean, range and standard deviation (n - 1) of one channel. */
export function statistics(channel: Float32Array): { mean: number; min: number; max: number; deviation: number } {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of channel) {
    sum += value;
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
  }
  const mean = sum / channel.length;
  let squares = 0;
  for (const value of channel) {
    squares += (value - mean) ** 2;
  }
  return { mean, min, max, deviation: Math.sqrt(squares / (channel.length - 1)) };
}
