import { expect, test } from '@jest/globals';
import { boxIou, evaluateCoco, maskIou, type Box, type CocoDetection, type CocoGroundTruth } from '../../src/index.js';
import { readReference } from '../golden.js';
import { expectStored } from '../stored.js';

interface Figures {
  stats: number[];
  perCategory?: {
    categoryId: number;
    ap: number;
    ar100: number;
    precision50: number[];
    precision75: number[];
    recallPerIou: number[];
  }[];
}
interface Vector {
  name: string;
  groundTruth: CocoGroundTruth;
  detectionsBbox: CocoDetection[];
  expected: { bbox: Figures; bboxGtIdsFromZero: Figures };
}
const cases = () => (readReference('libraries/coco-eval.json') as { cases: Vector[] }).cases;

// Masks are compared in the pipeline's tests, where polygons and compressed RLE can be read.
test("COCO's twelve figures for boxes equal those of pycocotools", () => {
  for (const { name, groundTruth, detectionsBbox: detections, expected } of cases()) {
    const { figures, categories } = evaluateCoco({ groundTruth, detections, kind: 'bbox' });
    Object.entries(figures).forEach(([key, value], i) => {
      expectStored(`${name} ${key}`, value as number, expected.bbox.stats[i]);
    });
    for (const stored of expected.bbox.perCategory!) {
      const own = categories.find(({ category }) => category === stored.categoryId)!;
      expectStored(`${name} AP of ${stored.categoryId}`, own.AP, stored.ap);
      expectStored(`${name} AR of ${stored.categoryId}`, own.AR100, stored.ar100);
      if (own.recall.length === 0) {
        continue;
      }
      for (const [curve, values] of [
        [own.precision[0], stored.precision50],
        [own.precision[5], stored.precision75],
        [own.recall, stored.recallPerIou],
      ]) {
        values.forEach((value, i) => {
          expectStored(`${name} curve ${i}`, curve[i], value);
        });
      }
    }
  }
});

test('objects with id 0 count, unless pycocotools is to be followed', () => {
  for (const { name, groundTruth, detectionsBbox: detections, expected } of cases()) {
    const fromZero = {
      ...groundTruth,
      annotations: groundTruth.annotations.map((annotation, id) => ({ ...annotation, id })),
    };
    const ours = evaluateCoco({ groundTruth: fromZero, detections, kind: 'bbox' });
    expectStored(`${name} AP`, ours.figures.AP, expected.bbox.stats[0]);
    const followed = evaluateCoco({ groundTruth: fromZero, detections, kind: 'bbox', idZeroMatches: false });
    Object.values(followed.figures as unknown as Record<string, number>).forEach((value, i) => {
      expectStored(`${name} figure ${i}`, value, expected.bboxGtIdsFromZero.stats[i]);
    });
  }
});

test('overlaps of masks and boxes equal those of pycocotools', () => {
  interface MaskVector {
    name: string;
    masks: { counts: number[] }[];
    iou: number[][];
    [key: string]: unknown;
  }
  for (const vector of (readReference('libraries/coco-masks.json') as { cases: MaskVector[] }).cases) {
    vector.masks.forEach((detection, d) => {
      vector.masks.forEach((truth, g) => {
        expectStored(`${vector.name} ${d} ${g}`, maskIou(detection.counts, truth.counts), vector.iou[d][g]);
      });
    });
  }
  const boxes: [Box, Box, boolean, number][] = [
    [[0, 0, 2, 2], [1, 1, 2, 2], false, 1 / 7],
    [[0, 0, 2, 2], [1, 1, 2, 2], true, 1 / 4],
    [[0, 0, 1, 1], [1, 0, 1, 1], false, 0],
  ];
  for (const [detection, truth, crowd, expected] of boxes) {
    expect(boxIou(detection, truth, crowd)).toBeCloseTo(expected, 12);
  }
});
