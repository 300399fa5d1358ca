import { expect, test } from '@jest/globals';
import { readLabels, type DatasetJson } from '../../src/index.js';
import { readReference } from '../golden.js';

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
  const vectors = readReference('nnunet-v2/vectors/pipeline/label_manager.json') as LabelVector[];
  expect(vectors.length).toBeGreaterThan(4);
  for (const { labels, regions_class_order: order, ...expected } of vectors) {
    const { ...manager } = readLabels({ labels, regions_class_order: order ?? undefined });
    expect(manager).toEqual({
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
  [{ background: 0, fracture: 255 }, 'the labels are 0, 255'],
  [{ background: 0, fracture: 1, ignore: 5 }, '"ignore" is 5'],
  [{ background: 0, whole: [1, 2], core: 2 }, 'regions_class_order is undefined for 2 foreground regions'],
])('labels %j are refused', (labels, message) => {
  expect(() => readLabels({ labels })).toThrow(message);
});
