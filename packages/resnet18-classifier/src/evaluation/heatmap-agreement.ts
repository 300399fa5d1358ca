import { meanWithInterval, type MeanInterval } from '@fractura/metrics';

/** A heatmap and what it should show, pixel by pixel. */
export interface JudgedHeatmap {
  /** `[height, width]`, at least 0. */
  heatmap: ArrayLike<number>;
  /** `[height, width]`, 1 where the sign is; at least one pixel. */
  mask: ArrayLike<number>;
  height: number;
  width: number;
  /** Images of one group are drawn together for intervals. Default: each its own. */
  group?: string | undefined;
}

/** How well heatmaps lie on masks: means over images with 95 % bootstrap intervals. */
export interface HeatmapAgreement {
  images: number;
  /** Share of images whose hottest pixel lies in the mask (Zhang et al., arXiv:1608.00507). */
  pointingGame: MeanInterval;
  /** Share of a heatmap's sum that lies in the mask (Wang et al., arXiv:1910.01279). */
  energyInside: MeanInterval;
  /** Intersection over union with the part of the map above {@link bestCutoff}, of the map's maximum. */
  iou: MeanInterval;
  /** The cutoff, of 0.05 to 0.95, with the largest mean IoU over these images. */
  bestCutoff: number;
}

const cutoffs = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/** Measures heatmaps against masks. A map that is 0 everywhere points nowhere: all its figures are 0. */
export function heatmapAgreement(judged: readonly JudgedHeatmap[], { seed = 0 } = {}): HeatmapAgreement {
  const figures = judged.map(figuresOf);
  const keys = judged.map(({ group }, i) => (group === undefined ? `image ${i}` : `group ${group}`));
  const places = new Map([...new Set(keys)].map((key, place) => [key, place]));
  const groups = keys.map((key) => places.get(key)!);
  const mean = (values: number[]) => meanWithInterval(values, { groups, seed });
  const sums = cutoffs.map((_, c) => figures.reduce((sum, { ious }) => sum + ious[c], 0));
  const best = sums.indexOf(Math.max(...sums));
  return {
    images: judged.length,
    pointingGame: mean(figures.map(({ points }) => Number(points))),
    energyInside: mean(figures.map(({ energy }) => energy)),
    iou: mean(figures.map(({ ious }) => ious[best])),
    bestCutoff: cutoffs[best],
  };
}

/**
 * What a map that knows nothing of the image would show: a Gaussian in the middle, as wide as an eighth of the image in standard
 * deviation. Lesions lie near the middle of films more often than not, so that a map is worth what it adds to this.
 */
export function centreMap(height: number, width: number): Float32Array {
  const map = new Float32Array(height * width);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dy, dx] = [(y + 0.5) / height - 0.5, (x + 0.5) / width - 0.5];
      map[y * width + x] = Math.exp(-(dy * dy + dx * dx) * 32);
    }
  }
  return map;
}

function figuresOf({ heatmap, mask }: JudgedHeatmap): { points: boolean; energy: number; ious: number[] } {
  let [most, hottest, whole, inside, area] = [0, -1, 0, 0, 0];
  for (let i = 0; i < heatmap.length; i += 1) {
    whole += heatmap[i];
    area += mask[i];
    inside += heatmap[i] * mask[i];
    if (heatmap[i] > most) {
      [most, hottest] = [heatmap[i], i];
    }
  }
  if (hottest < 0) {
    return { points: false, energy: 0, ious: cutoffs.map(() => 0) };
  }
  const ious = cutoffs.map((cutoff) => {
    let [common, above] = [0, 0];
    for (let i = 0; i < heatmap.length; i += 1) {
      if (heatmap[i] >= cutoff * most) {
        above += 1;
        common += mask[i];
      }
    }
    return common / (above + area - common);
  });
  return { points: mask[hottest] === 1, energy: inside / whole, ious };
}
