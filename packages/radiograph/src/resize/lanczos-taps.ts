/** Lobes of the windowed sinc. */
const lobes = 3;

/** Which source pixels make each target pixel of a line, and with what weight. */
export interface Taps {
  /** First source pixel of each target pixel. */
  first: Int32Array;
  /** How many source pixels from there on have a weight. */
  length: Int32Array;
  /** Weights, `most` places for each target pixel; they sum to 1. */
  weights: Float64Array;
  most: number;
}

/** A set of radiographs has few sizes; the taps of the last ones are kept. */
const keptSizes = 16;
const kept = new Map<string, Taps>();

/** Taps of Lanczos with three lobes, widened by the factor when shrinking (Pillow's `precompute_coeffs`). */
export function lanczosTaps(source: number, target: number): Taps {
  const key = `${source} to ${target}`;
  const taps = kept.get(key) ?? computeTaps(source, target);
  // Taken out and put back, it is the last to be forgotten.
  kept.delete(key);
  kept.set(key, taps);
  if (kept.size > keptSizes) {
    for (const oldest of kept.keys()) {
      if (kept.delete(oldest)) {
        break;
      }
    }
  }
  return taps;
}

function computeTaps(source: number, target: number): Taps {
  const scale = source / target;
  const filterScale = Math.max(scale, 1);
  const support = lobes * filterScale;
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(target);
  const length = new Int32Array(target);
  const weights = new Float64Array(target * most);
  for (let i = 0; i < target; i += 1) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(source, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < count; k += 1) {
      const weight = lanczos((k + start - centre + 0.5) * (1 / filterScale));
      weights[i * most + k] = weight;
      sum += weight;
    }
    if (sum !== 0) {
      for (let k = 0; k < count; k += 1) {
        weights[i * most + k] /= sum;
      }
    }
    first[i] = start;
    length[i] = count;
  }
  return { first, length, weights, most };
}

function lanczos(x: number): number {
  if (x < -lobes || x >= lobes) {
    return 0;
  }
  return sinc(x) * sinc(x / lobes);
}

function sinc(x: number): number {
  if (x === 0) {
    return 1;
  }
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}
