import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { segmentationToRle, type CocoSegmentation } from '@fractura/coco';
import { evaluateCoco, type CocoDetection, type CocoGroundTruth } from '@fractura/metrics';

const file = fileURLToPath(new URL('../../../../shared/reference/metrics/coco-eval.json', import.meta.url));
const testWithReference = existsSync(file) ? test : test.skip;

interface Vector {
  name: string;
  groundTruth: CocoGroundTruth<CocoSegmentation>;
  detectionsSegm: CocoDetection<CocoSegmentation>[];
  expected: { segm: { stats: number[] } };
}

testWithReference("coco-to-nifti's rasters and metrics' evaluation give pycocotools' figures for masks", () => {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Vector[] };
  for (const { name, groundTruth, detectionsSegm: detections, expected } of cases) {
    const { figures } = evaluateCoco({
      groundTruth,
      detections,
      kind: 'segm',
      toRuns: (segmentation, { height, width }) =>
        segmentationToRle(segmentation, { height: height!, width: width! }).counts,
    });
    Object.values(figures as unknown as Record<string, number>).forEach((value, i) => {
      expect({ name, i, close: Math.abs(value - expected.segm.stats[i]) < 1e-9 }).toEqual({ name, i, close: true });
    });
  }
});
