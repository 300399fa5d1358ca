import type { ScoredObject, TruthObject } from './coco-input.js';

/** COCO's ten IoU thresholds, .50 to .95, as numpy.linspace gives them. */
export const iouThresholds = /* @__PURE__ */ Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
);

/** What became of an image's detections of one category, by falling score, at each IoU threshold. */
export interface ImageMatches {
  scores: number[];
  /** `hit[t][d]`: the detection found an object at threshold t. */
  hit: boolean[][];
  /** `ignored[t][d]`: it counts neither as a hit nor as a false alarm. */
  ignored: boolean[][];
  /** Objects that count. */
  objects: number;
}

/**
 * Matches detections with objects as COCOeval: each detection, best score first, takes the free object with the largest IoU
 * of at least the threshold; objects that do not count (crowds, other sizes) only where no other fits, crowds repeatedly.
 *
 * @param ious `ious[d][g]` for detections by falling score and objects in file order.
 * @param areas the smallest and largest area that counts.
 */
export function matchImage(
  detections: readonly ScoredObject[],
  truths: readonly TruthObject[],
  ious: readonly (readonly number[])[],
  [smallest, largest]: readonly [number, number],
  idZeroMatches: boolean,
): ImageMatches {
  const outside = (area: number) => area < smallest || area > largest;
  const counts = truths.map(({ crowd, area }) => !crowd && !outside(area));
  // Those that count come first, each part in file order.
  const order = [...truths.keys()].sort((a, b) => Number(counts[b]) - Number(counts[a]));
  const [hit, ignored]: [boolean[][], boolean[][]] = [[], []];
  for (const threshold of iouThresholds) {
    const taken = new Array<boolean>(truths.length).fill(false);
    const matches = detections.map((_, d) => {
      let [best, match] = [Math.min(threshold, 1 - 1e-10), -1];
      for (const g of order) {
        if (taken[g] && !truths[g].crowd) {
          continue;
        }
        if (match >= 0 && counts[match] && !counts[g]) {
          break;
        }
        if (ious[d][g] < best) {
          continue;
        }
        [best, match] = [ious[d][g], g];
      }
      if (match >= 0) {
        taken[match] = true;
      }
      return match;
    });
    hit.push(matches.map((match) => match >= 0 && (idZeroMatches || truths[match].id !== 0)));
    const last = hit[hit.length - 1];
    ignored.push(
      matches.map((match, d) => (match >= 0 && !counts[match]) || (!last[d] && outside(detections[d].area))),
    );
  }
  return {
    scores: detections.map(({ score }) => score),
    hit,
    ignored,
    objects: counts.filter(Boolean).length,
  };
}
