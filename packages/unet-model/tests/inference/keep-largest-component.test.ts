import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { keepLargestComponent } from '../../src/index.js';

interface Vector {
  seg: number[][][];
  labels_or_regions: number | number[] | { region: number[] };
  out: number[][][];
}

const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/postprocessing/largest_component.json', import.meta.url), 'utf8'),
) as Vector[];

test.each(vectors.map((vector, i) => [i, vector] as const))('keeps what the reference keeps, case %i', (_, vector) => {
  const { seg, labels_or_regions: of, out } = vector;
  const shape = [seg.length, seg[0].length, seg[0][0].length];
  const members = typeof of === 'object' && 'region' in of ? of.region : [of].flat();
  const kept = keepLargestComponent({ labels: seg.flat(2), shape, of: members });
  expect([...kept]).toEqual(out.flat(2));
});

test('components that touch at a corner are one, and of equal ones all stay', () => {
  const labels = [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1];
  expect([...keepLargestComponent({ labels, shape: [3, 4], of: [1] })]).toEqual([...labels]);
  const single = [1, 1, 0, 1, 0, 0, 0, 0];
  expect([...keepLargestComponent({ labels: single, shape: [2, 4], of: [1] })]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  expect([...keepLargestComponent({ labels: [0, 2], shape: [2], of: [1] })]).toEqual([0, 2]);
});
