import { iouThresholds, type ImageMatches } from './match-image.js';

// As numpy.linspace(0, 1, 101) rounds them.
const recallLevels = /* @__PURE__ */ Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/** Precision at 101 recalls, and the largest recall, for each IoU threshold; undefined where there is nothing to find. */
export interface Accumulated {
  precision: number[][];
  recall: number[];
}

/** Puts images together as COCOeval: the best detections of each, by falling score; precision made monotone from behind. */
export function accumulate(images: readonly ImageMatches[], maxDetections: number): Accumulated | undefined {
  const objects = images.reduce((sum, image) => sum + image.objects, 0);
  if (objects === 0) {
    return undefined;
  }
  const detections = images.flatMap((image) =>
    image.scores.slice(0, maxDetections).map((score, d) => ({ image, score, d })),
  );
  detections.sort((a, b) => b.score - a.score);
  const [precision, recall]: [number[][], number[]] = [[], []];
  iouThresholds.forEach((_, t) => {
    let [hits, alarms] = [0, 0];
    const recalls: number[] = [];
    const precisions: number[] = [];
    for (const { image, d } of detections) {
      if (!image.ignored[t][d]) {
        if (image.hit[t][d]) {
          hits += 1;
        } else {
          alarms += 1;
        }
      }
      recalls.push(hits / objects);
      precisions.push(hits / (alarms + hits + Number.EPSILON));
    }
    for (let i = precisions.length - 1; i > 0; i -= 1) {
      precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
    }
    recall.push(recalls.at(-1) ?? 0);
    let at = 0;
    precision.push(
      recallLevels.map((level) => {
        while (at < recalls.length && recalls[at] < level) {
          at += 1;
        }
        return precisions[at] ?? 0;
      }),
    );
  });
  return { precision, recall };
}
