import { expect, test } from '@jest/globals';
import type { DatasetJson } from '@fractura/nnunet-format';
import { findLesions } from '../../src/index.js';

const describedBy = (labels: DatasetJson['labels']): DatasetJson => ({
  channel_names: { 0: 'X-ray' },
  labels,
  numTraining: 1,
  file_ending: '.nii.gz',
});

const [width, height] = [6, 4];
/** Two parts of label 1, one across a corner, and a pixel of label 2 beside the first. */
const labels = Uint8Array.from([
  ...[1, 0, 0, 0, 0, 0],
  ...[0, 1, 1, 0, 0, 0],
  ...[2, 0, 0, 0, 0, 1],
  ...[0, 0, 0, 0, 1, 1],
]);
const foreground = new Float32Array(24);
for (const [at, probability] of [
  [0, 0.5],
  [7, 0.75],
  [8, 0.625],
  [12, 0.875],
  [17, 1],
  [22, 0.5],
  [23, 0.75],
]) {
  foreground[at] = probability;
}

test('lesions are the connected parts of each label, the most probable first, with box, area and probabilities', () => {
  const found = findLesions(
    { labels, foreground, width, height },
    describedBy({ background: 0, fracture: 1, 'old fracture': 2 }),
  );
  expect(found).toEqual([
    { class: 'fracture', label: 1, box: [4, 2, 2, 2], area: 3, maximumProbability: 1, meanProbability: 0.75 },
    {
      class: 'old fracture',
      label: 2,
      box: [0, 2, 1, 1],
      area: 1,
      maximumProbability: 0.875,
      meanProbability: 0.875,
    },
    { class: 'fracture', label: 1, box: [0, 0, 3, 2], area: 3, maximumProbability: 0.75, meanProbability: 0.625 },
  ]);
});

test('a lesion of a region bears the region’s name', () => {
  const datasetJson = {
    ...describedBy({ background: 0, whole: [1, 2], core: 2 }),
    regions_class_order: [1, 2],
  };
  const found = findLesions({ labels, foreground, width, height }, datasetJson);
  expect(found.map((lesion) => lesion.class)).toEqual(['whole', 'core', 'whole']);
});

test('without foreground there is none', () => {
  const empty = { labels: new Uint8Array(24), foreground, width, height };
  expect(findLesions(empty, describedBy({ background: 0, fracture: 1 }))).toEqual([]);
});
