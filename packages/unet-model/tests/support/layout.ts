/** `[batch, channels, ...spatial]` as `[batch, ...spatial, channels]`. */
export function toChannelsLast(
  data: ArrayLike<number>,
  shape: readonly number[],
): { data: Float32Array; shape: number[] } {
  const [batch, channels, ...spatial] = shape as [number, number, ...number[]];
  const voxels = spatial.reduce((product, extent) => product * extent, 1);
  const out = new Float32Array(data.length);
  for (let n = 0; n < batch; n += 1) {
    for (let c = 0; c < channels; c += 1) {
      for (let v = 0; v < voxels; v += 1) {
        out[(n * voxels + v) * channels + c] = data[(n * channels + c) * voxels + v]!;
      }
    }
  }
  return { data: out, shape: [batch, ...spatial, channels] };
}

/** The inverse: `[batch, ...spatial, channels]` as `[batch, channels, ...spatial]`. */
export function toChannelsFirst(data: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const batch = shape[0];
  const channels = shape.at(-1)!;
  const voxels = shape.slice(1, -1).reduce((product, extent) => product * extent, 1);
  const out = new Float32Array(data.length);
  for (let n = 0; n < batch; n += 1) {
    for (let v = 0; v < voxels; v += 1) {
      for (let c = 0; c < channels; c += 1) {
        out[(n * channels + c) * voxels + v] = data[(n * voxels + v) * channels + c]!;
      }
    }
  }
  return out;
}

/** The largest absolute difference. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new Error(`${a.length} numbers beside ${b.length}`);
  }
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) {
      largest = difference;
    }
  }
  return largest;
}
