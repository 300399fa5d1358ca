import { readLabels } from '@fractura/nnunet-format';
import { readNpy } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { collectClassLocations } from '../../src/preprocessing/class-locations.js';
import { readReference, reference } from '../golden.js';

type Locations = Record<string, number[][]>;

const vectors = readReference('nnunet-v2/vectors/pipeline/class_locations.json') as Record<
  'labels_min50' | 'labels_min50_cov20' | 'regions_min50',
  Locations
>;

/** The vectors keep fewer rows of each class than nnU-Net's defaults; a draw without replacement begins alike. */
function expectBeginsAs(actual: Record<string, Int32Array>, expected: Locations): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [key, rows] of Object.entries(expected)) {
    expect({ key, rows: Array.from(actual[key].subarray(0, 4 * rows.length)) }).toEqual({ key, rows: rows.flat() });
  }
}

async function segmentation() {
  const { data, shape } = await readNpy(reference('nnunet-v2/vectors/pipeline/class_locations.seg.npy'));
  return { data: data as Int16Array, shape: shape.slice(-3) };
}

test('voxels of labels are drawn as by nnU-Net; an absent label draws nothing', async () => {
  const { data, shape } = await segmentation();
  const labels = readLabels({ labels: { background: 0, a: 1, b: 2, c: 3 } });
  const absent = { members: 5, key: '5', channel: 5, label: 5 };
  const withAbsent = { ...labels, foreground: [...labels.foreground, absent] };
  expectBeginsAs(collectClassLocations(data, shape, withAbsent), vectors.labels_min50);
  expectBeginsAs(collectClassLocations(data, shape, labels), vectors.labels_min50_cov20);
});

test('voxels of regions and of everything annotated are drawn as by nnU-Net', async () => {
  const { data, shape } = await segmentation();
  const labels = readLabels({
    labels: { background: 0, whole: [1, 2, 3], core: [2, 3], enhancing: 3, ignore: 4 },
    regions_class_order: [1, 2, 3],
  });
  expectBeginsAs(collectClassLocations(data, shape, labels), vectors.regions_min50);
});
