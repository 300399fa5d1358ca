import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boundaryIou,
  centerlineDice,
  dice,
  distanceTransform,
  evaluateCase,
  evaluateSegmentation,
  hausdorffDistance,
  maskBorder,
  MetricsError,
  normalizedSurfaceDice,
  skeletonize,
  surfaceMetrics,
} from '../../src/index.js';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (MetricsError.isInstance(error)) {
      return error.code;
    }
    throw error;
  }
  return 'none';
};

const good = { reference: [0, 1, 1, 0], prediction: [0, 1, 0, 0], shape: [2, 2] };

test.each([
  ['masks of different lengths', { prediction: [0, 1] }, 'length-mismatch'],
  ['no voxels', { reference: [], prediction: [], shape: [0, 0] }, 'mask-empty'],
  ['NaN for a label', { reference: [0, NaN, 1, 0] }, 'label-invalid'],
  ['an infinite label', { prediction: [0, Infinity, 1, 0] }, 'label-invalid'],
  ['probabilities for labels', { prediction: Float32Array.of(0, 0.5, 1, 0) }, 'label-invalid'],
  ['a shape of one axis', { shape: [4] }, 'shape-invalid'],
  ['a shape with a hole', { shape: [2, NaN] }, 'shape-invalid'],
  ['a shape of other size', { shape: [2, 3] }, 'length-mismatch'],
  ['spacing of another number of axes', { spacing: [1, 1, 1] }, 'spacing-invalid'],
  ['spacing 0', { spacing: [1, 0] }, 'spacing-invalid'],
  ['infinite spacing', { spacing: [1, Infinity] }, 'spacing-invalid'],
  ['NaN spacing', { spacing: [NaN, 1] }, 'spacing-invalid'],
  ['an unknown convention', { convention: 'itk' as 'nnunet' }, 'convention-unknown'],
  ['an unknown metric', { metric: 'manhattan' as 'taxicab' }, 'metric-unknown'],
  ['an unknown surface', { surface: 'mesh' as 'voxel' }, 'surface-unknown'],
  ['a percentile above 100', { percentiles: [101] }, 'percentile-invalid'],
  ['a NaN percentile', { percentiles: [NaN] }, 'percentile-invalid'],
  ['a negative tolerance', { tolerances: [-1] }, 'tolerance-invalid'],
  ['an infinite tolerance', { tolerances: [Infinity] }, 'tolerance-invalid'],
  ['a connectivity of 4', { connectivity: 4 }, 'connectivity-invalid'],
])('%s is refused', (_, change, code) => {
  expect(codeOf(() => surfaceMetrics({ ...good, ...change }))).toBe(code);
  expect(codeOf(() => evaluateSegmentation({ ...good, ...change, labels: [1] }))).toBe(code);
});

test('single metrics refuse what is theirs alone', () => {
  expect(codeOf(() => hausdorffDistance({ ...good, percentile: -1 }))).toBe('percentile-invalid');
  expect(codeOf(() => normalizedSurfaceDice({ ...good, tolerance: NaN }))).toBe('tolerance-invalid');
  expect(codeOf(() => boundaryIou({ ...good, width: 0 }))).toBe('width-invalid');
  expect(codeOf(() => boundaryIou({ ...good, dilationRatio: NaN }))).toBe('width-invalid');
  expect(codeOf(() => evaluateCase({ reference: [NaN], prediction: [0], labels: [1] }))).toBe('label-invalid');
  expect(codeOf(() => distanceTransform({ mask: [], shape: [1, 1] }))).toBe('mask-empty');
});

test('the message names the voxel and its value', () => {
  expect(() => dice({ reference: [0, 1], prediction: [0, NaN] })).toThrow('Voxel 1 of the prediction is NaN');
});

test('whatever comes in, the answer is a result or an error of this package', () => {
  const numbers = fc.array(fc.oneof(fc.nat(2), fc.constantFrom(NaN, Infinity, -Infinity, -1, 0.5, 2 ** 40)), {
    maxLength: 12,
  });
  const odd = fc.oneof(fc.nat(4), fc.double());
  fc.assert(
    fc.property(
      numbers,
      numbers,
      fc.array(odd, { maxLength: 4 }),
      fc.array(odd, { maxLength: 4 }),
      odd,
      (a, b, shape, spacing, value) => {
        const pair = { reference: a, prediction: b, shape, spacing };
        const mask = { mask: a, shape, spacing };
        for (const run of [
          () => surfaceMetrics({ ...pair, percentiles: [value], tolerances: [value] }),
          () => boundaryIou({ ...pair, dilationRatio: value }),
          () => centerlineDice(pair),
          () => distanceTransform(mask),
          () => distanceTransform({ ...mask, metric: 'chessboard' }),
          () => skeletonize(mask),
          () => maskBorder(mask),
          () => dice({ ...pair, label: value, ignoreLabel: value }),
        ]) {
          // Any other error is thrown again.
          codeOf(run);
        }
      },
    ),
    { numRuns: 300 },
  );
});
