/** Multiplies the values of one channel, in place. */
export function brightness(channel: Float32Array, multiplier: number): void {
  for (let i = 0; i < channel.length; i++) channel[i] *= multiplier;
}

/** Stretches the values of one channel about their mean, in place, within their old range. */
export function contrast(channel: Float32Array, factor: number): void {
  const { mean, min, max } = statistics(channel);
  for (let i = 0; i < channel.length; i++) {
    channel[i] = Math.min(Math.max((channel[i] - mean) * factor + mean, min), max);
  }
}

/** Mean and range of one channel. */
export function statistics(channel: Float32Array): { mean: number; min: number; max: number } {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of channel) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { mean: sum / channel.length, min, max };
}
