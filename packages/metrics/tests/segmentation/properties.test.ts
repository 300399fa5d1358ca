import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boundaryIou,
  centerlineDice,
  evaluateSegmentation,
  overlapCounts,
  overlapScores,
  skeletonize,
  surfaceMetrics,
  type Convention,
} from '../../src/index.js';
import { expectClose } from './vectors.js';

const conventions: Convention[] = ['nnunet', 'medpy', 'monai', 'surface-distance', 'metrics-reloaded'];
const size = fc.integer({ min: 1, max: 7 });

/** Two masks, mostly overlapping, in 2D or 3D. */
const pairs = fc
  .record({
    shape: fc.oneof(fc.tuple(size, size), fc.tuple(size, size, size)),
    convention: fc.constantFrom(...conventions),
    first: fc.array(fc.nat(3), { minLength: 3, maxLength: 50 }),
    second: fc.array(fc.nat(8), { minLength: 3, maxLength: 50 }),
  })
  .map(({ shape, convention, first, second }) => {
    const sizes: number[] = shape;
    const voxels = sizes.reduce((product, n) => product * n, 1);
    const reference = Uint8Array.from({ length: voxels }, (_, i) => (first[i % first.length] > 1 ? 1 : 0));
    const prediction = reference.map((value, i) => (second[i % second.length] === 0 ? 1 - value : value));
    return { shape: sizes, spacing: sizes.map((_, axis) => [1.5, 1, 0.75][axis]), convention, reference, prediction };
  });

const swapped = <T extends { reference: Uint8Array; prediction: Uint8Array }>(pair: T): T => ({
  ...pair,
  reference: pair.prediction,
  prediction: pair.reference,
});

test('symmetric metrics do not care which mask is the reference', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const [there, back] = [pair, swapped(pair)].map((each) => surfaceMetrics(each));
      const percents = Object.keys(there.hausdorff);
      for (const percent of percents) {
        expectClose('hd', there.hausdorff[percent].symmetric, back.hausdorff[percent].symmetric, 1e-12);
      }
      const { averageDistance } = there;
      expectClose('assd', averageDistance.symmetric, back.averageDistance.symmetric, 1e-12);
      expectClose('masd', averageDistance.mean, back.averageDistance.mean, 1e-12);
      expectClose('asd', averageDistance.referenceToPrediction, back.averageDistance.predictionToReference, 1e-12);
      expectClose('nsd', there.surfaceDice['1'].symmetric, back.surfaceDice['1'].symmetric, 1e-12);
      const [one, other] = [pair, swapped(pair)].map((each) =>
        overlapScores(overlapCounts(each), { ignoreEmpty: false }),
      );
      expectClose('dice', one.dice, other.dice);
      expectClose('volumes', one.volumeSimilarity, other.volumeSimilarity);
      expectClose('precision', one.precision, other.recall);
      expectClose('boundary', boundaryIou(pair).value, boundaryIou(swapped(pair)).value);
    }),
    { numRuns: 60 },
  );
});

test('shares lie in 0..1, distances are not negative, percentiles rise and averages lie below the largest', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { hausdorff, averageDistance, surfaceDice } = surfaceMetrics({ ...pair, percentiles: [0, 50, 95] });
      const scores = overlapScores(overlapCounts(pair), pair);
      const shares = [
        scores.dice,
        scores.iou,
        scores.precision,
        scores.recall,
        scores.specificity,
        scores.falsePositiveRate,
        scores.falseNegativeRate,
        scores.volumeSimilarity,
        surfaceDice['1'].symmetric,
        surfaceDice['1'].reference,
        boundaryIou(pair).value,
        centerlineDice(pair).value,
      ];
      for (const share of shares) {
        expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
      }
      const steps = ['0', '50', '95', '100'].map((percent) => hausdorff[percent].symmetric);
      if (steps.some(Number.isNaN)) {
        return;
      }
      for (let i = 1; i < steps.length; i += 1) {
        expect(steps[i]).toBeGreaterThanOrEqual(steps[i - 1]);
      }
      expect(steps[0]).toBeGreaterThanOrEqual(0);
      if (Number.isNaN(averageDistance.symmetric)) {
        return;
      }
      expect(averageDistance.symmetric).toBeLessThanOrEqual(steps[3] * (1 + 1e-12));
    }),
    { numRuns: 60 },
  );
});

test('a mask agrees with itself', () => {
  fc.assert(
    fc.property(pairs, ({ reference, shape, spacing, convention }) => {
      const same = { reference, prediction: reference, shape, spacing, convention };
      if (!reference.includes(1) || !reference.includes(0)) {
        return;
      }
      const { hausdorff, averageDistance, surfaceDice } = surfaceMetrics({ ...same, tolerances: [0] });
      expect([hausdorff['100'].symmetric, hausdorff['95'].symmetric, averageDistance.mean]).toEqual([0, 0, 0]);
      expect([surfaceDice['0'].symmetric, boundaryIou(same).value]).toEqual([1, 1]);
      // A block of 2x2x2 has no skeleton.
      const thinned = skeletonize({ mask: reference, shape }).includes(1);
      expect(centerlineDice(same).value).toBe(thinned ? 1 : NaN);
      expect(overlapScores(overlapCounts(same), same)).toMatchObject({ dice: 1, iou: 1, volumeSimilarity: 1 });
    }),
    { numRuns: 40 },
  );
});

test('moved within a larger image, nothing that distances measure changes', () => {
  fc.assert(
    fc.property(pairs, fc.nat(3), fc.nat(3), (pair, before, after) => {
      const moved = { ...pair, ...padded(pair, before, after) };
      const [there, here] = [pair, moved].map((each) => surfaceMetrics(each));
      if (there.emptyMask !== 'none' || pair.convention === 'nnunet') {
        return;
      }
      expectClose('hd95', here.hausdorff['95'].symmetric, there.hausdorff['95'].symmetric, 1e-12);
      expectClose('assd', here.averageDistance.symmetric, there.averageDistance.symmetric, 1e-12);
      expectClose('nsd', here.surfaceDice['1'].symmetric, there.surfaceDice['1'].symmetric, 1e-12);
      expectClose('boundary', boundaryIou({ ...moved, width: 2 }).value, boundaryIou({ ...pair, width: 2 }).value);
      expectClose('dice', overlapScores(overlapCounts(moved)).dice, overlapScores(overlapCounts(pair)).dice);
    }),
    { numRuns: 60 },
  );
});

test('twice the spacing is twice every distance', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const twice = { ...pair, spacing: pair.spacing.map((step) => 2 * step), tolerances: [2] };
      const [small, large] = [surfaceMetrics(pair), surfaceMetrics(twice)];
      expectClose('hd95', large.hausdorff['95'].symmetric, 2 * small.hausdorff['95'].symmetric, 1e-12);
      expectClose('masd', large.averageDistance.mean, 2 * small.averageDistance.mean, 1e-12);
      expectClose('nsd', large.surfaceDice['2'].symmetric, small.surfaceDice['1'].symmetric, 1e-12);
    }),
    { numRuns: 40 },
  );
});

test('renamed labels keep their metrics', () => {
  const labels = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 });
  const names = [0, 200, 70_000, -5];
  fc.assert(
    fc.property(labels, labels, (reference, prediction) => {
      const options = { shape: [3, 4], convention: 'monai' as const };
      const plain = evaluateSegmentation({ ...options, reference, prediction, labels: [1, 2, 3] }).labels;
      const renamed = evaluateSegmentation({
        ...options,
        reference: reference.map((label) => names[label]),
        prediction: prediction.map((label) => names[label]),
        labels: names.slice(1),
      }).labels;
      [1, 2, 3].forEach((label) => {
        expect(renamed[String(names[label])]).toEqual(plain[String(label)]);
      });
    }),
    { numRuns: 40 },
  );
});

/** The masks with background around them. */
function padded(
  { reference, prediction, shape }: { reference: Uint8Array; prediction: Uint8Array; shape: number[] },
  before: number,
  after: number,
) {
  const larger = shape.map((n) => n + before + after);
  const [wide, broad] = [reference, prediction].map((mask) => {
    const into = new Uint8Array(larger.reduce((product, n) => product * n, 1));
    mask.forEach((value, i) => {
      let [rest, at, stride] = [i, 0, 1];
      for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
        at += ((rest % shape[axis]) + before) * stride;
        rest = Math.floor(rest / shape[axis]);
        stride *= larger[axis];
      }
      into[at] = value;
    });
    return into;
  });
  return { reference: wide, prediction: broad, shape: larger };
}
