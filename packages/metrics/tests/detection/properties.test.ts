import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boxIou, evaluateCoco, froc, maskIou, MetricsError, type Box } from '../../src/index.js';

const side = fc.integer({ min: 1, max: 40 });
const box = fc.tuple(fc.nat(60), fc.nat(60), side, side).map((values): Box => values);
/** Runs of a mask of 32 pixels. */
const runs = fc.array(fc.nat(1), { minLength: 32, maxLength: 32 }).map((pixels) => {
  const lengths = [0];
  pixels.forEach((pixel) => {
    if (pixel === (lengths.length - 1) % 2) {
      lengths[lengths.length - 1] += 1;
    } else {
      lengths.push(1);
    }
  });
  return { lengths, pixels };
});

test('IoU of boxes is symmetric, in 0 to 1, 1 for a box itself, and moves and grows with the image', () => {
  fc.assert(
    fc.property(box, box, fc.integer({ min: 1, max: 5 }), (a, b, scale) => {
      const iou = boxIou(a, b);
      expect(iou).toBeCloseTo(boxIou(b, a), 15);
      expect(iou >= 0 && iou <= 1).toBe(true);
      expect(boxIou(a, a)).toBe(1);
      const changed = [a, b].map(([x, y, w, h]): Box => [scale * x - 9, scale * y + 4, scale * w, scale * h]);
      expect(boxIou(changed[0], changed[1])).toBeCloseTo(iou, 12);
      expect(boxIou(a, b, true)).toBeGreaterThanOrEqual(iou);
    }),
  );
});

test('IoU of runs is that of their pixels', () => {
  fc.assert(
    fc.property(runs, runs, (a, b) => {
      const both = a.pixels.filter((pixel, i) => pixel && b.pixels[i]).length;
      const either = a.pixels.filter((pixel, i) => pixel || b.pixels[i]).length;
      expect(maskIou(a.lengths, b.lengths)).toBe(either === 0 ? 0 : both / either);
      expect(maskIou(b.lengths, a.lengths)).toBe(maskIou(a.lengths, b.lengths));
    }),
  );
});

const truths = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), box), { minLength: 1, maxLength: 5 });
const found = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), box, fc.integer({ min: 0, max: 1000 })), {
  maxLength: 6,
});
const evaluationOf = (objects: [number, Box][], detections: [number, Box, number][]) =>
  evaluateCoco({
    groundTruth: {
      images: [{ id: 1 }, { id: 2 }],
      categories: [{ id: 3 }],
      annotations: objects.map(([image_id, bbox], i) => ({
        id: i + 1,
        image_id,
        category_id: 3,
        bbox,
        area: bbox[2] * bbox[3],
      })),
    },
    detections: detections.map(([image_id, bbox, score]) => ({ image_id, category_id: 3, bbox, score })),
    kind: 'bbox',
  }).figures;

test("COCO's figures lie in 0 to 1 or are -1, fall with the IoU and rise with the detections", () => {
  fc.assert(
    fc.property(truths, found, (objects, detections) => {
      const figures = evaluationOf(objects, detections);
      for (const figure of Object.values(figures)) {
        expect(figure === -1 || (figure >= 0 && figure <= 1)).toBe(true);
      }
      expect(figures.AP50).toBeGreaterThanOrEqual(figures.AP75);
      expect(figures.AP50).toBeGreaterThanOrEqual(figures.AP - 1e-12);
      expect(figures.AR10).toBeGreaterThanOrEqual(figures.AR1);
      expect(figures.AR100).toBeGreaterThanOrEqual(figures.AR10);
    }),
  );
});

test('only the order of scores counts, and neither the names of images nor that of the objects', () => {
  fc.assert(
    fc.property(truths, found, (objects, detections) => {
      // Equal scores keep the order of the file, and so of the images.
      fc.pre(new Set(detections.map(([, , score]) => score)).size === detections.length);
      const figures = evaluationOf(objects, detections);
      const grown = detections.map(([image, shape, score]): [number, Box, number] => [image, shape, Math.atan(score)]);
      expect(evaluationOf(objects, grown)).toEqual(figures);
      const swapped = evaluationOf(
        objects.map(([image, shape]) => [3 - image, shape]),
        detections.map(([image, shape, score]) => [3 - image, shape, score]),
      );
      expect(swapped).toEqual(figures);
    }),
  );
});

const marks = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.option(fc.nat(4), { nil: undefined })), { maxLength: 20 })
  .map((items) => items.map(([score, lesion]) => (lesion === undefined ? { score } : { score, lesion })));

test('a FROC curve rises from nothing marked, whatever grows with the score, and sensitivities with the rate', () => {
  fc.assert(
    fc.property(marks, fc.integer({ min: 1, max: 9 }), (given, images) => {
      const { curve, sensitivities, score } = froc({ marks: given, lesions: 5, images });
      curve.slice(1).forEach((point, i) => {
        expect(point.sensitivity).toBeGreaterThanOrEqual(curve[i].sensitivity);
        expect(point.falsePositivesPerImage).toBeGreaterThanOrEqual(curve[i].falsePositivesPerImage);
        expect(point.threshold).toBeLessThan(curve[i].threshold);
      });
      expect(sensitivities).toEqual([...sensitivities].sort((a, b) => a - b));
      expect(score >= 0 && score <= 1).toBe(true);
      const grown = given.map((mark) => ({ ...mark, score: Math.exp(mark.score) })).reverse();
      expect(froc({ marks: grown, lesions: 5, images }).sensitivities).toEqual(sensitivities);
    }),
  );
});

const any = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity));

test('whatever numbers come in, a result or a MetricsError comes out', () => {
  const list = fc.array(any, { maxLength: 5 });
  fc.assert(
    fc.property(list, list, any, any, (a, b, score, area) => {
      const evaluate = (kind: 'bbox' | 'segm') =>
        evaluateCoco({
          groundTruth: {
            images: [{ id: 1 }],
            categories: [{ id: 1 }],
            annotations: [{ id: 1, image_id: 1, category_id: 1, area, bbox: a, segmentation: { counts: a } }],
          },
          detections: [{ image_id: 1, category_id: 1, score, bbox: b, segmentation: { counts: b } }],
          kind,
        }).figures.AP;
      for (const call of [
        () => evaluate('bbox'),
        () => evaluate('segm'),
        () => maskIou(a, b),
        () =>
          froc({ marks: a.map((value) => ({ score: value })), lesions: area, images: score, falsePositivesPerImage: b })
            .curve.length,
      ]) {
        try {
          expect(call()).not.toBeNaN();
        } catch (error) {
          if (!MetricsError.isInstance(error)) {
            throw error;
          }
        }
      }
    }),
  );
});

test('a run that is no number is named, beyond the end of the other mask too', () => {
  expect(() => maskIou([0, 1, 0, NaN], [0, 1])).toThrow(/length NaN/);
  expect(() => maskIou([0, 1], [0, 1, 2, -3])).toThrow(/length -3/);
});

test.each([
  [() => maskIou([NaN, 4], [0, 4]), 'runs-invalid'],
  [() => maskIou([0, Infinity], [0, Infinity]), 'runs-invalid'],
  [() => froc({ marks: [], lesions: NaN, images: 1 }), 'option-invalid'],
  [() => froc({ marks: [], lesions: 1, images: 1, falsePositivesPerImage: [Infinity] }), 'option-invalid'],
])('bad input %# is refused', (call, code) => {
  expect(call).toThrow(expect.objectContaining({ name: 'MetricsError', code }));
});
