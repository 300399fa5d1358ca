/** Filters of Pillow's `resize`. */
export const resizeFilters = ['lanczos', 'bilinear'] as const;

/** `lanczos` as Pillow's LANCZOS, `bilinear` as its BILINEAR, which is torchvision's `Resize`; both smooth where they shrink. */
export type ResizeFilter = (typeof resizeFilters)[number];

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

/** A filter as a function, with the distance from its centre beyond which it is 0. */
interface Kernel {
  support: number;
  weight: (distance: number) => number;
}

const kernels: Record<ResizeFilter, Kernel> = {
  lanczos: { support: 3, weight: (x) => (x < -3 || x >= 3 ? 0 : sinc(x) * sinc(x / 3)) },
  bilinear: { support: 1, weight: (x) => Math.max(1 - Math.abs(x), 0) },
};

function sinc(x: number): number {
  if (x === 0) {
    return 1;
  }
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}

/** A set of radiographs has few sizes; the taps of those used last are kept. */
const keptSizes = 16;
const kept = new Map<string, Taps>();

/** Taps from a line of `source` pixels to one of `target`; the same object for the same sizes, as long as it is kept. */
export function filterTaps(filter: ResizeFilter, source: number, target: number): Taps {
  const key = `${filter} ${source} to ${target}`;
  const taps = kept.get(key) ?? computeTaps(kernels[filter], source, target);
  // Deleted and set again, it is the last in the map's order; the first is the one that was not used for longest.
  kept.delete(key);
  kept.set(key, taps);
  if (kept.size > keptSizes) {
    const [oldest] = kept.keys();
    kept.delete(oldest);
  }
  return taps;
}

/**
 * The filter is widened by the factor when shrinking.
 *
 * @see Pillow: src/libImaging/Resample.c, precompute_coeffs
 */
function computeTaps(kernel: Kernel, source: number, target: number): Taps {
  const scale = source / target;
  const filterScale = Math.max(scale, 1);
  const support = kernel.support * filterScale;
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
      const weight = kernel.weight((k + start - centre + 0.5) * (1 / filterScale));
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
