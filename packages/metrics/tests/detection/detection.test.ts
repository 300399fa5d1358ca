import { describe, expect, test } from '@jest/globals';
import { evaluateCoco, froc } from '../../src/index.js';

describe('froc', () => {
  // Four images, three lesions; by falling score: hit a, false, hit a again, hit b, false, false.
  const marks = [
    { score: 0.9, lesion: 'a' },
    { score: 0.8 },
    { score: 0.7, lesion: 'a' },
    { score: 0.6, lesion: 'b' },
    { score: 0.5 },
    { score: 0.5 },
  ];

  test('a lesion counts once, marks of equal score make one point', () => {
    const { curve } = froc({ marks, lesions: 3, images: 4 });
    expect(curve.map(({ falsePositivesPerImage, sensitivity }) => [falsePositivesPerImage, sensitivity])).toEqual([
      [0, 0],
      [0, 1 / 3],
      [0.25, 1 / 3],
      [0.25, 1 / 3],
      [0.25, 2 / 3],
      [0.75, 2 / 3],
    ]);
  });

  test('sensitivity is read off as LUNA16 does: interpolated, level beyond the end', () => {
    const { sensitivities, score } = froc({ marks, lesions: 3, images: 4 });
    // At 1/8 the curve is level at 1/3; from 1/4 on 2/3.
    expect(sensitivities.map((value) => Math.round(value * 3))).toEqual([1, 2, 2, 2, 2, 2, 2]);
    expect(score).toBeCloseTo(13 / 21, 12);
    // From (1/2, 0) to (1, 1): at 3/4 halfway.
    const slope = [{ score: 2 }, { score: 1, lesion: 1 }, { score: 1 }];
    const read = { marks: slope, lesions: 1, images: 2, falsePositivesPerImage: [0.75] };
    expect(froc(read).sensitivities).toEqual([0.5]);
  });

  test.each([
    [{ marks, lesions: 0, images: 4 }, 'option-invalid'],
    [{ marks, lesions: 1, images: 4 }, 'lesion-count'],
    [{ marks: [{ score: NaN }], lesions: 1, images: 1 }, 'score-invalid'],
    [{ marks, lesions: 3, images: 4, falsePositivesPerImage: [-1] }, 'option-invalid'],
  ])('refuses %j', (input, code) => {
    expect(() => froc(input)).toThrow(expect.objectContaining({ name: 'MetricsError', code }));
  });
});

describe('evaluateCoco', () => {
  const groundTruth = {
    images: [{ id: 1 }],
    categories: [{ id: 1 }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, area: 100, bbox: [0, 0, 10, 10] }],
  };
  const hit = { image_id: 1, category_id: 1, score: 0.9, bbox: [0, 0, 10, 10] };

  test('one box found exactly gives 1 everywhere, and -1 where there is nothing to find', () => {
    const { figures } = evaluateCoco({ groundTruth, detections: [hit], kind: 'bbox' });
    expect(figures).toMatchObject({ AP: expect.closeTo(1, 12), AR1: 1, APsmall: expect.closeTo(1, 12), APlarge: -1 });
  });

  test('detections of other categories are counted as left out', () => {
    const other = { ...hit, category_id: 7 };
    expect(evaluateCoco({ groundTruth, detections: [hit, other], kind: 'bbox' }).ignoredDetections).toBe(1);
  });

  test('no detections give 0', () => {
    expect(evaluateCoco({ groundTruth, detections: [], kind: 'bbox' }).figures).toMatchObject({ AP: 0, AR100: 0 });
  });

  test.each([
    [{ ...hit, image_id: 2 }, 'image-unknown'],
    [{ ...hit, score: NaN }, 'score-invalid'],
    [{ ...hit, bbox: [0, 0, 1] }, 'box-invalid'],
  ])('refuses the detection %j', (detection, code) => {
    expect(() => evaluateCoco({ groundTruth, detections: [detection], kind: 'bbox' })).toThrow(
      expect.objectContaining({ name: 'MetricsError', code }),
    );
  });

  test('a polygon without a function that reads it is refused with the remedy', () => {
    const polygons = {
      ...groundTruth,
      annotations: [{ ...groundTruth.annotations[0], segmentation: [[0, 0, 1, 0, 1, 1]] }],
    };
    expect(() => evaluateCoco<unknown>({ groundTruth: polygons, detections: [], kind: 'segm' })).toThrow(
      expect.objectContaining({ code: 'segmentation-unsupported' }),
    );
  });
});
