import { readLabels } from '@fractura/nnunet-format';
import { describe, expect, test } from '@jest/globals';
import { labelsOfProbabilities } from '../../src/index.js';

/** Voxels, each with the probabilities of its classes, as `[classes, voxels]`. */
const byClass = (voxels: number[][]) =>
  Float32Array.from(voxels[0].flatMap((_, head) => voxels.map((probabilities) => probabilities[head])));

describe('exclusive labels', () => {
  const labels = readLabels({ labels: { background: 0, crack: 1, break: 2 } });
  const voxels = byClass([
    [0.75, 0.125, 0.125],
    [0.5, 0.125, 0.375],
    [0.375, 0.375, 0.25],
    [0.25, 0.25, 0.5],
    [0.9, 0.0625, 0.0375],
  ]);

  test('without a threshold the most probable class is taken, the first of equals', () => {
    expect([...labelsOfProbabilities(voxels, labels)]).toEqual([0, 0, 0, 2, 0]);
  });

  test('with one, foreground is where the background leaves more, and there the most probable class', () => {
    expect([...labelsOfProbabilities(voxels, labels, 0.2)]).toEqual([1, 2, 1, 2, 0]);
    expect([...labelsOfProbabilities(voxels, labels, 0.7)]).toEqual([0, 0, 0, 2, 0]);
  });

  test('what equals the threshold is background', () => {
    expect([...labelsOfProbabilities(voxels, labels, 0.25)]).toEqual([0, 2, 1, 2, 0]);
    expect([...labelsOfProbabilities(voxels, labels, 0.5)]).toEqual([0, 0, 1, 2, 0]);
  });
});

test('of two classes a threshold of one half is the most probable class', () => {
  const labels = readLabels({ labels: { background: 0, lesion: 1 } });
  const voxels = byClass(Array.from({ length: 101 }, (_, i) => [1 - i / 100, i / 100]));
  expect(labelsOfProbabilities(voxels, labels, 0.5)).toEqual(labelsOfProbabilities(voxels, labels));
});

test('regions take the threshold in place of one half, the later over the earlier', () => {
  const labels = readLabels({
    labels: { background: 0, bone: [1, 2], lesion: [2] },
    regions_class_order: [1, 2],
  });
  const voxels = byClass([
    [0.625, 0.25],
    [0.75, 0.375],
    [0.25, 0.125],
    [0.25, 0.75],
  ]);
  expect([...labelsOfProbabilities(voxels, labels)]).toEqual([1, 1, 0, 2]);
  expect([...labelsOfProbabilities(voxels, labels, 0.3)]).toEqual([1, 2, 0, 2]);
  expect([...labelsOfProbabilities(voxels, labels, 0.7)]).toEqual([0, 1, 0, 2]);
});
