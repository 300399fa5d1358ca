import { expect, test } from '@jest/globals';
import { foregroundClasses, readLabels, type DatasetJson } from '../../src/index.js';
import { parseFixture } from '../fixtures.js';

interface LabelVector {
  labels: DatasetJson['labels'];
  regions_class_order: number[] | null;
  has_regions: boolean;
  all_labels: number[];
  foreground_labels: number[];
  foreground_regions: (number | number[])[] | null;
  num_segmentation_heads: number;
  ignore_label: number | null;
}

test('labels, regions and the ignore label are read as by the label manager of nnU-Net', () => {
  const vectors = parseFixture('label_manager.json') as LabelVector[];
  expect(vectors.length).toBeGreaterThan(4);
  for (const { labels, regions_class_order: order, ...expected } of vectors) {
    const found = readLabels({ labels, regions_class_order: order ?? undefined });
    expect({
      hasRegions: found.hasRegions,
      allLabels: found.allLabels,
      foregroundLabels: found.foregroundLabels,
      foregroundRegions: found.hasRegions ? foregroundClasses(found) : undefined,
      regionsClassOrder: found.hasRegions ? found.foreground.map(({ label }) => label) : undefined,
      ignoreLabel: found.ignoreLabel,
      segmentationHeads: found.segmentationHeads,
    }).toEqual({
      hasRegions: expected.has_regions,
      allLabels: expected.all_labels,
      foregroundLabels: expected.foreground_labels,
      foregroundRegions: expected.foreground_regions ?? undefined,
      regionsClassOrder: order ?? undefined,
      ignoreLabel: expected.ignore_label ?? undefined,
      segmentationHeads: expected.num_segmentation_heads,
    });
  }
});

test.each([
  [{ fracture: 1 }, 'no label "background"'],
  [{ background: [0], fracture: 1 }, '"background" is [0]'],
  [{ background: 0, fracture: 255 }, 'the labels are 0, 255'],
  [{ background: 0, fracture: 1, ignore: 5 }, '"ignore" is 5'],
  [{ background: 0, whole: [1, 2], core: 2 }, 'regions_class_order is undefined for 2 foreground regions'],
])('labels %j are refused', (labels, message) => {
  expect(() => readLabels({ labels })).toThrow(message);
});

test('sampling, loss and export get what they need of plain labels', () => {
  expect(readLabels({ labels: { background: 0, bone: 1, fracture: [2], ignore: 3 } })).toEqual({
    hasRegions: false,
    allLabels: [0, 1, 2],
    foregroundLabels: [1, 2],
    foreground: [
      { members: 1, key: '1', channel: 1, label: 1 },
      { members: 2, key: '2', channel: 2, label: 2 },
    ],
    segmentationHeads: 3,
    channelLabels: [[0], [1], [2]],
    ignoreLabel: 3,
    annotatedKey: '(-1, 0, 1, 2)',
  });
});

test('and of regions, in the order of their declaration', () => {
  const labels = { background: 0, whole: [1, 2], core: 2 };
  expect(readLabels({ labels, regions_class_order: [1, 2] })).toEqual({
    hasRegions: true,
    allLabels: [0, 1, 2],
    foregroundLabels: [1, 2],
    foreground: [
      { members: [1, 2], key: '(1, 2)', channel: 0, label: 1 },
      { members: 2, key: '2', channel: 1, label: 2 },
    ],
    segmentationHeads: 2,
    channelLabels: [[1, 2], [2]],
    ignoreLabel: undefined,
    annotatedKey: undefined,
  });
});
