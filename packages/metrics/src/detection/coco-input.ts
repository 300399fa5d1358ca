import { MetricsError } from '../errors.js';
import type { Box, Runs } from './overlap.js';

/** What is used of a COCO instances file. `Segmentation` is whatever `toRuns` takes. */
export interface CocoGroundTruth<Segmentation = unknown> {
  images: readonly { id: number; width?: number; height?: number }[];
  categories: readonly { id: number }[];
  annotations: readonly {
    id: number;
    image_id: number;
    category_id: number;
    area: number;
    bbox?: readonly number[];
    segmentation?: Segmentation;
    iscrowd?: 0 | 1 | boolean;
  }[];
}

/** What is used of an entry of a COCO results file. */
export interface CocoDetection<Segmentation = unknown> {
  image_id: number;
  category_id: number;
  score: number;
  bbox?: readonly number[];
  segmentation?: Segmentation;
}

/** Something to be found, or said to be found, on an image. */
export interface DetectionObject {
  image: number;
  category: number;
  /** Square pixels. */
  area: number;
  shape: Box | Runs;
}
export interface TruthObject extends DetectionObject {
  id: number;
  crowd: boolean;
}
export interface ScoredObject extends DetectionObject {
  score: number;
}

/** How segmentations become run lengths. */
export type ToRuns<Segmentation> = (segmentation: Segmentation, image: { width?: number; height?: number }) => Runs;

/** Uncompressed RLE needs no help. */
export const runsOfCounts: ToRuns<unknown> = (segmentation) => {
  const counts = (segmentation as { counts?: unknown } | undefined)?.counts;
  if (Array.isArray(counts)) {
    return counts as number[];
  }
  throw new MetricsError('A segmentation is not an uncompressed RLE.', {
    code: 'segmentation-unsupported',
    remedy: 'Give toRuns a function that turns it into run lengths, such as segmentationToRle of @fractura/coco.',
  });
};

export function boxOf(bbox: readonly number[] | undefined, what: string): Box {
  if (bbox?.length === 4 && bbox.every((value) => Number.isFinite(value))) {
    return bbox as unknown as Box;
  }
  throw new MetricsError(`${what} has the bbox ${JSON.stringify(bbox)}.`, {
    code: 'box-invalid',
    remedy: 'Give [x, y, width, height] in pixels.',
  });
}

/** What {@link CocoGroundTruth} must be. */
export const cocoGroundTruthRule = {
  images: [{ id: 'number', 'width?': 'number', 'height?': 'number' }],
  categories: [{ id: 'number' }],
  annotations: [{ id: 'number', image_id: 'number', category_id: 'number', area: 'number', 'bbox?': ['number'] }],
};

/** What {@link CocoDetection} must be. */
export const cocoDetectionRule = {
  image_id: 'number',
  category_id: 'number',
  score: 'number',
  'bbox?': ['number'],
};
