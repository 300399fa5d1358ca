import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { accumulate, type Accumulated } from './accumulate.js';
import {
  boxOf,
  type CocoDetection,
  cocoDetectionRule,
  type CocoGroundTruth,
  cocoGroundTruthRule,
  runsOfCounts,
  type ScoredObject,
  type ToRuns,
  type TruthObject,
} from './coco-input.js';
import { matchImage, type ImageMatches } from './match-image.js';
import { areaOfRuns, boxIou, checkedRuns, maskIou, type Box } from './overlap.js';

/** What to compare, and how. */
export interface EvaluateCocoOptions<Segmentation> {
  groundTruth: CocoGroundTruth<Segmentation>;
  detections: readonly CocoDetection<Segmentation>[];
  /** Boxes or masks. */
  kind: 'bbox' | 'segm';
  /** Turns a segmentation into run lengths; without it uncompressed RLE only. */
  toRuns?: ToRuns<Segmentation>;
  /**
   * pycocotools never counts an object with id 0 as found (its match is stored as its id). FracAtlas counts from 0. Default
   * true: id 0 is an id like any other; false gives pycocotools' figures on such files.
   */
  idZeroMatches?: boolean;
}

/** COCO's twelve figures, fractions; -1 where there is nothing to find. */
export interface CocoFigures {
  AP: number;
  AP50: number;
  AP75: number;
  APsmall: number;
  APmedium: number;
  APlarge: number;
  AR1: number;
  AR10: number;
  AR100: number;
  ARsmall: number;
  ARmedium: number;
  ARlarge: number;
}

/** The figures of one category, with its curves for objects of every size. */
export interface CocoCategory extends CocoFigures {
  category: number;
  /** For each IoU threshold .50, .55 to .95 the precision at recalls 0, .01 to 1; empty where there is nothing to find. */
  precision: number[][];
  /** For each IoU threshold the largest recall. */
  recall: number[];
}

/** The twelve figures over all categories, and by category. */
export interface CocoEvaluation {
  figures: CocoFigures;
  categories: CocoCategory[];
  /** Detections of categories that the ground truth does not have; they do not count, as with pycocotools. */
  ignoredDetections: number;
}

const maxDetections = 100;
const settings = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;
type AreaName = keyof typeof settings;

/**
 * COCO's detection evaluation: average precision and recall of boxes or masks, equal to pycocotools' COCOeval.
 *
 * @throws MetricsError `image-unknown`, `score-invalid`, `box-invalid`, `segmentation-unsupported`,
 * `runs-invalid`, `area-invalid`
 * @see Lin et al., Microsoft COCO, ECCV 2014; pycocotools `cocoeval.py`
 */
export function evaluateCoco<Segmentation>(options: EvaluateCocoOptions<Segmentation>): CocoEvaluation {
  checkGiven(options, evaluateCocoOptionsRule);

  const { groundTruth, detections, idZeroMatches = true } = options;
  const categories = groundTruth.categories.map(({ id }) => id).sort((a, b) => a - b);
  const images = groundTruth.images.map(({ id }) => id).sort((a, b) => a - b);
  const truths = groupByImage(readTruths(options));
  const found = groupByImage(readDetections(options));
  const perCategory = categories.map((category) => {
    const matches: Record<AreaName, ImageMatches[]> = { all: [], small: [], medium: [], large: [] };
    for (const image of images) {
      const objects = truths.get(keyOf(image, category)) ?? [];
      const scored = [...(found.get(keyOf(image, category)) ?? [])]
        .sort((a, b) => b.score - a.score)
        .slice(0, maxDetections);
      if (objects.length === 0 && scored.length === 0) {
        continue;
      }
      const ious = scored.map((detection) => objects.map((truth) => iouOf(detection, truth, options.kind)));
      for (const name of Object.keys(settings) as AreaName[]) {
        matches[name].push(matchImage(scored, objects, ious, settings[name], idZeroMatches));
      }
    }
    return {
      category,
      all: [1, 10, 100].map((most) => accumulate(matches.all, most)),
      bySize: (['small', 'medium', 'large'] as const).map((name) => accumulate(matches[name], maxDetections)),
    };
  });
  const known = new Set(categories);
  return {
    figures: figuresOf(perCategory),
    categories: perCategory.map((own) => ({
      category: own.category,
      ...figuresOf([own]),
      precision: own.all[2]?.precision ?? [],
      recall: own.all[2]?.recall ?? [],
    })),
    ignoredDetections: detections.filter(({ category_id }) => !known.has(category_id)).length,
  };
}

interface CategoryCurves {
  all: (Accumulated | undefined)[];
  bySize: (Accumulated | undefined)[];
}

function figuresOf(categories: readonly CategoryCurves[]): CocoFigures {
  const mean = (values: readonly number[]) =>
    values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const ap = (of: (own: CategoryCurves) => Accumulated | undefined, threshold?: number) =>
    mean(
      categories.flatMap((own) =>
        (of(own)?.precision ?? []).filter((_, t) => threshold === undefined || t === threshold).flat(),
      ),
    );
  const ar = (of: (own: CategoryCurves) => Accumulated | undefined) =>
    mean(categories.flatMap((own) => of(own)?.recall ?? []));
  return {
    AP: ap(({ all }) => all[2]),
    AP50: ap(({ all }) => all[2], 0),
    AP75: ap(({ all }) => all[2], 5),
    APsmall: ap(({ bySize }) => bySize[0]),
    APmedium: ap(({ bySize }) => bySize[1]),
    APlarge: ap(({ bySize }) => bySize[2]),
    AR1: ar(({ all }) => all[0]),
    AR10: ar(({ all }) => all[1]),
    AR100: ar(({ all }) => all[2]),
    ARsmall: ar(({ bySize }) => bySize[0]),
    ARmedium: ar(({ bySize }) => bySize[1]),
    ARlarge: ar(({ bySize }) => bySize[2]),
  };
}

function readTruths<Segmentation>({
  groundTruth,
  kind,
  toRuns = runsOfCounts,
}: EvaluateCocoOptions<Segmentation>): TruthObject[] {
  const images = new Map(groundTruth.images.map((image) => [image.id, image]));
  return groundTruth.annotations.map(
    ({ id, image_id: image, category_id: category, area, bbox, segmentation, iscrowd }) => {
      const what = `Annotation ${id}`;
      if (!Number.isFinite(area)) {
        throw new MetricsError(`${what} has the area ${area}.`, {
          code: 'area-invalid',
          remedy: 'Give square pixels; they decide whether an object is small, medium or large.',
        });
      }
      return {
        id,
        image,
        category,
        area,
        crowd: Boolean(iscrowd),
        shape: kind === 'bbox' ? boxOf(bbox, what) : checkedRuns(toRuns(segmentation!, images.get(image) ?? {}), what),
      };
    },
  );
}

/** As pycocotools' `loadRes`: where the first detection carries a box, every area is that of its box, for masks too. */
function readDetections<Segmentation>({
  groundTruth,
  detections,
  kind,
  toRuns = runsOfCounts,
}: EvaluateCocoOptions<Segmentation>): ScoredObject[] {
  const images = new Map(groundTruth.images.map((image) => [image.id, image]));
  const areaOfBox = detections[0]?.bbox !== undefined;
  return detections.map(({ image_id: image, category_id: category, score, bbox, segmentation }, i) => {
    const known = images.get(image);
    if (!known) {
      throw new MetricsError(`Detection ${i} is on image ${image}, which the ground truth does not have.`, {
        code: 'image-unknown',
        remedy: 'Give the detections of these images.',
      });
    }
    if (!Number.isFinite(score)) {
      throw new MetricsError(`Detection ${i} has the score ${score}.`, {
        code: 'score-invalid',
        remedy: 'Give finite numbers.',
      });
    }
    const shape =
      kind === 'bbox' ? boxOf(bbox, `Detection ${i}`) : checkedRuns(toRuns(segmentation!, known), `Detection ${i}`);
    const box = kind === 'bbox' || areaOfBox ? boxOf(bbox, `Detection ${i}`) : undefined;
    return { image, category, score, shape, area: box ? box[2] * box[3] : areaOfRuns(shape) };
  });
}

function iouOf({ shape }: ScoredObject, truth: TruthObject, kind: 'bbox' | 'segm'): number {
  return kind === 'bbox'
    ? boxIou(shape as Box, truth.shape as Box, truth.crowd)
    : maskIou(shape, truth.shape, truth.crowd);
}

const keyOf = (image: number, category: number) => `${image} ${category}`;

function groupByImage<Item extends { image: number; category: number }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item.image, item.category);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** What {@link EvaluateCocoOptions} must be. */
export const evaluateCocoOptionsRule = {
  groundTruth: cocoGroundTruthRule,
  detections: [cocoDetectionRule],
  kind: 'bbox|segm',
  'toRuns?': 'function',
  'idZeroMatches?': 'boolean',
};
