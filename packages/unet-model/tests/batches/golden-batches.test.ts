import { expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { cropPatch } from '../../src/data/crop-patch.js';
import { drawPatchStart, mustShowForeground } from '../../src/data/patch-box.js';
import { readLabels } from '@fractura/nnunet-format';
import { largestDifference } from '../support/layout.js';
import { readVectors } from '../support/vectors.js';

type Nested = number | Nested[];
interface CaseVector {
  data: Nested[];
  seg: Nested[];
  class_locations: Record<string, number[][]>;
}
interface BatchVector {
  seed: number;
  batch_size: number;
  initial_patch: number[];
  final_patch: number[];
  keys: string[];
  boxes: { force_fg: boolean; lower: number[]; upper: number[] }[];
  data_sum: number[];
  seg_first_sample: Nested[];
  data_first_sample: number[];
}

const vectors = readVectors('dataloader/cases.json') as Record<string, CaseVector>;
const { batches } = readVectors('dataloader/batches.json') as { batches: BatchVector[] };
const flat = (nested: Nested): number[] => (typeof nested === 'number' ? [nested] : nested.flatMap(flat));
const shapeOf = (nested: Nested): number[] =>
  typeof nested === 'number' ? [] : [nested.length, ...shapeOf(nested[0])];
const cases = new Map(
  Object.entries(vectors).map(([id, { data, seg, class_locations }]) => [
    id,
    {
      id,
      data: Float32Array.from(flat(data)),
      shape: shapeOf(data),
      segmentation: Int16Array.from(flat(seg)),
      classLocations: Object.fromEntries(Object.entries(class_locations).map(([key, rows]) => [key, rows.flat()])),
    },
  ]),
);
const labels = readLabels({ labels: { background: 0, a: 1, b: 2 } });

test.each(batches)('draws batch of seed $seed, $batch_size samples of $initial_patch', (batch) => {
  const random = new RandomState(batch.seed);
  const ids = [...cases.keys()].sort();
  const keys = Array.from({ length: batch.batch_size }, () => ids[random.randint(0, ids.length)]);
  expect(keys).toEqual(batch.keys);
  const sizes = { initialZYX: [1, ...batch.initial_patch], finalZYX: [1, ...batch.final_patch] };
  keys.forEach((key, j) => {
    const chosen = cases.get(key)!;
    const forced = mustShowForeground(j, batch.batch_size);
    const start = drawPatchStart(random, chosen, sizes, labels, forced);
    const { force_fg, lower } = batch.boxes[j];
    expect({ start, forced }).toEqual({ start: lower, forced: force_fg });
    const { image, labels: cut } = cropPatch(chosen, start, sizes.initialZYX);
    expect(image.reduce((sum, value) => sum + value, 0)).toBeCloseTo(batch.data_sum[j], 3);
    if (j > 0) {
      return;
    }
    expect(largestDifference(image, Float32Array.from(batch.data_first_sample))).toBeLessThan(1e-6);
    expect([...cut]).toEqual(flat(batch.seg_first_sample));
  });
});
