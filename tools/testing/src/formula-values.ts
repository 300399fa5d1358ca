/** Name and shape of an entry of a PyTorch `state_dict`. */
export type StateShape = readonly [name: string, shape: readonly number[], ...rest: unknown[]];

/** A tensor as PyTorch's `state_dict` holds it. */
interface FormulaTensor {
  shape: number[];
  data: Float32Array | BigInt64Array;
}

/** Taken once: in Jest every look-up of a global is slow. */
const { imul } = Math;

/**
 * Numbers in [-1, 1) that look random and are the same in every language, so that reference vectors need not hold weights: a
 * hash of element, tensor k and seed.
 */
export function formulaValues(count: number, k: number, seed: number): Float64Array {
  const start = (imul(k, 0x85ebca77) + seed) >>> 0;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    let h = (imul(i + 1, 0x9e3779b1) + start) >>> 0;
    h = imul(h ^ (h >>> 16), 0x85ebca6b);
    h = imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[i] = ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
  }
  return values;
}

/** The weights that a reference network was given, under its names; the tensor's place in the state dict is its k. */
export function formulaWeights(state: readonly StateShape[], seed: number): Map<string, FormulaTensor> {
  return new Map(
    state.map(([name, shape], k): [string, FormulaTensor] => {
      if (shape.length === 0) {
        return [name, { shape: [], data: BigInt64Array.of(0n) }];
      }
      const r = formulaValues(product(shape), k, seed);
      return [name, { shape: [...shape], data: Float32Array.from(r, valueOf(name, shape)) }];
    }),
  );
}

/** An input of a reference network, in [-2, 2), as `[batch, height, width, channels]`. */
export function formulaInput(
  nchw: readonly number[],
  k: number,
  seed: number,
): { data: Float32Array; shape: [number, number, number, number] } {
  const [batch, channels, height, width] = nchw as [number, number, number, number];
  const r = formulaValues(product(nchw), k, seed);
  const data = new Float32Array(r.length);
  for (let n = 0; n < batch; n += 1) {
    for (let c = 0; c < channels; c += 1) {
      for (let p = 0; p < height * width; p += 1) {
        data[(n * height * width + p) * channels + c] = 2 * r[(n * channels + c) * height * width + p];
      }
    }
  }
  return { data, shape: [batch, height, width, channels] };
}

const product = (shape: readonly number[]) => shape.reduce((total, extent) => total * extent, 1);

function valueOf(name: string, shape: readonly number[]): (r: number) => number {
  if (shape.length > 1) {
    const bound = Math.sqrt(6 / product(shape.slice(1)));
    return (r) => bound * r;
  }
  if (name.endsWith('running_var')) {
    return (r) => 1 + 0.5 * r;
  }
  if (name.endsWith('running_mean') || name.endsWith('bias')) {
    return (r) => 0.1 * r;
  }
  return (r) => 0.75 + 0.25 * r;
}
