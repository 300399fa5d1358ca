import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelComponents, matchInstances, MetricsError, panopticQuality, type Connectivity } from '../../src/index.js';

const maps = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 })
  .map((voxels) => ({ reference: voxels.map(([own]) => own), prediction: voxels.map(([, other]) => other) }));
/** NaN is near nothing, itself included. */
const defined = (value: number) => (Number.isNaN(value) ? -1 : value);
const threshold = fc.double({ min: 0.01, max: 1, noNaN: true });

test('turning reference and prediction about turns precision and recall about, and nothing else', () => {
  fc.assert(
    fc.property(maps, fc.double({ min: 0.5, max: 1, noNaN: true }), ({ reference, prediction }, iouThreshold) => {
      // Above one half an instance has one candidate at most, so that no order of matching matters.
      fc.pre(iouThreshold > 0.5);
      const own = panopticQuality({ reference, prediction, iouThreshold });
      const turned = panopticQuality({ reference: prediction, prediction: reference, iouThreshold });
      expect([turned.precision, turned.recall]).toEqual([own.recall, own.precision]);
      expect([turned.falsePositives, turned.falseNegatives]).toEqual([own.falseNegatives, own.falsePositives]);
      expect(turned.recognitionQuality).toBe(own.recognitionQuality);
      expect(defined(turned.panopticQuality)).toBeCloseTo(defined(own.panopticQuality), 12);
    }),
  );
});

test('rates lie in 0 to 1, panoptic quality under both its factors, and matches reach the threshold one to one', () => {
  fc.assert(
    fc.property(maps, threshold, fc.constantFrom('greedy', 'optimal'), (given, iouThreshold, matching) => {
      const own = panopticQuality({ ...given, iouThreshold, matching });
      for (const rate of [own.precision, own.recall, own.recognitionQuality, own.segmentationQuality]) {
        expect(Number.isNaN(rate) || (rate >= 0 && rate <= 1)).toBe(true);
        if (!Number.isNaN(own.panopticQuality)) {
          expect(own.panopticQualityDice).toBeGreaterThanOrEqual(own.panopticQuality);
        }
      }
      const sides = [own.matches.map((match) => match.reference), own.matches.map((match) => match.prediction)];
      for (const side of sides) {
        expect(new Set(side).size).toBe(side.length);
      }
      expect(own.matches.every(({ iou, dice }) => iou >= iouThreshold && iou <= dice && dice <= 1)).toBe(true);
    }),
  );
});

test('names of instances and the order of voxels do not matter', () => {
  fc.assert(
    fc.property(maps, ({ reference, prediction }) => {
      const quality = (first: number[], second: number[]) => {
        const { matches, ...counts } = panopticQuality({ reference: first, prediction: second, iouThreshold: 0.6 });
        return { ...counts, ious: matches.map(({ iou }) => iou).sort() };
      };
      const rename = (map: number[]) => map.map((label) => (label === 0 ? 0 : 1000 - 7 * label)).reverse();
      const [own, renamed] = [quality(reference, prediction), quality(rename(reference), rename(prediction))];
      expect(renamed.ious).toEqual(own.ious);
      expect(renamed.truePositives).toBe(own.truePositives);
      expect(defined(renamed.panopticQuality)).toBeCloseTo(defined(own.panopticQuality), 12);
    }),
  );
});

test('optimal matching never has a smaller sum of IoU than greedy, and all is found in a map itself', () => {
  fc.assert(
    fc.property(maps, (given) => {
      const sum = (matching: 'greedy' | 'optimal') =>
        matchInstances({ ...given, iouThreshold: 0.05, matching }).matches.reduce((total, { iou }) => total + iou, 0);
      expect(sum('optimal')).toBeGreaterThanOrEqual(sum('greedy') - 1e-12);
      const itself = panopticQuality({ reference: given.reference, prediction: given.reference });
      expect(itself.panopticQuality).toBe(itself.truePositives === 0 ? NaN : 1);
    }),
  );
});

const image = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.nat(1), { minLength: rows * columns, maxLength: rows * columns })
      .map((mask) => ({ mask, shape: [rows, columns] })),
  );

test('more neighbours never make more components, mirrored masks have as many, and all foreground has a number', () => {
  fc.assert(
    fc.property(image, ({ mask, shape }) => {
      const counts = ([4, 8] as Connectivity[]).map(
        (connectivity) => labelComponents({ mask, shape, connectivity }).count,
      );
      expect(counts[1]).toBeLessThanOrEqual(counts[0]);
      expect(labelComponents({ mask: [...mask].reverse(), shape }).count).toBe(counts[0]);
      // A plane is a volume of one slice.
      expect(labelComponents({ mask, shape: [1, ...shape], connectivity: 26 }).count).toBe(counts[1]);
      const { labels, count } = labelComponents({ mask, shape });
      expect([...labels].map((label) => Number(label > 0))).toEqual(mask);
      expect(new Set([...labels].filter(Boolean)).size).toBe(count);
    }),
  );
});

test('whatever numbers come in, a result or a MetricsError comes out', () => {
  const any = fc.oneof(fc.integer({ min: -2, max: 4 }), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity));
  const anyMap = fc.array(any, { maxLength: 8 });
  fc.assert(
    fc.property(anyMap, anyMap, any, fc.array(any, { maxLength: 4 }), (reference, prediction, iouThreshold, shape) => {
      for (const call of [
        () => panopticQuality({ reference, prediction, iouThreshold }),
        () => labelComponents({ mask: reference, shape }),
        () => labelComponents({ mask: reference, shape: [reference.length, 1] }),
      ]) {
        try {
          call();
        } catch (error) {
          if (!MetricsError.isInstance(error)) {
            throw error;
          }
        }
      }
    }),
  );
});

test('empty maps have no instances, and NaN is no background', () => {
  const distance = () => 1;
  expect(panopticQuality({ reference: [], prediction: [], distance })).toMatchObject({
    truePositives: 0,
    precision: NaN,
    recall: NaN,
    panopticQuality: NaN,
    meanDistance: NaN,
  });
  expect(labelComponents({ mask: [], shape: [0, 4] })).toEqual({ labels: new Int32Array(0), count: 0 });
  expect(() => labelComponents({ mask: [NaN], shape: [1, 1] })).toThrow(
    expect.objectContaining({ code: 'label-invalid' }),
  );
  expect(() => labelComponents({ mask: [1, 1], shape: [-1, -2] })).toThrow(
    expect.objectContaining({ code: 'shape-invalid' }),
  );
});
