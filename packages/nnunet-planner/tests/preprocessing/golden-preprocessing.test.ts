import { createHash } from 'node:crypto';
import {
  readPlans,
  resolveConfiguration,
  type CaseProperties,
  type DatasetFingerprint,
  type Plans,
} from '@fractura/nnunet-format';
import { readNpy } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import {
  cropToNonzero,
  extractFingerprint,
  preprocessImage,
  readDataset,
  readImage,
  verifyDatasetIntegrity,
} from '../../src/index.js';
import { readReference, reference, testWithRadiographs } from '../golden.js';

const pipeline = 'nnunet-v2/vectors/pipeline';
const tiny = reference(`${pipeline}/Dataset950_tinyPNG`);

interface PreprocessingVector {
  name: string;
  scheme?: string;
  use_mask?: boolean;
  case?: number;
  target_spacing?: number[];
  properties?: CaseProperties;
  class_locations_first5?: Record<string, number[][]>;
}

/** The largest absolute difference; NaN where lengths differ. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    return NaN;
  }
  let most = 0;
  for (let i = 0; i < a.length; i += 1) {
    most = Math.max(most, Math.abs(a[i] - b[i]));
  }
  return most;
}

async function preprocessTiny(plans: Plans, index: number) {
  const { datasetJson, cases } = await readDataset(tiny);
  const [image, label] = await Promise.all([readImage(cases[index].images), readImage([cases[index].label])]);
  return preprocessImage({ ...image, segmentation: label.data }, { plans, configuration: '2d', datasetJson });
}

test('every normalisation, mask and resampling gives the arrays of nnU-Net', async () => {
  const plans = await readPlans(reference(`${pipeline}/nnUNetPlans.json`));
  for (const vector of readReference(`${pipeline}/preprocessing.json`) as PreprocessingVector[]) {
    const configuration = structuredClone(resolveConfiguration(plans, '2d'));
    if (vector.scheme) {
      configuration.normalization_schemes = [vector.scheme];
    }
    if (vector.use_mask !== undefined) {
      configuration.use_mask_for_norm = [vector.use_mask];
    }
    if (vector.target_spacing) {
      configuration.spacing = vector.target_spacing;
    }
    const index = vector.case ?? Number(/case_(\d+)/.exec(vector.name)![1]);
    const result = await preprocessTiny({ ...plans, configurations: { '2d': configuration } }, index);
    const expected = await readNpy(reference(`${pipeline}/${vector.name}.data.npy`));
    expect(result.shape).toEqual(expected.shape);
    expect({ name: vector.name, close: farthest(result.data, expected.data as Float32Array) < 1e-5 }).toEqual({
      name: vector.name,
      close: true,
    });
    if (vector.properties) {
      expect(result.properties).toEqual(vector.properties);
    }
    for (const [key, rows] of Object.entries(vector.class_locations_first5 ?? {})) {
      expect(Array.from(result.classLocations![key].subarray(0, 20))).toEqual(rows.flat());
    }
  }
});

test('labels are cropped and resampled as by nnU-Net', async () => {
  const plans = await readPlans(reference(`${pipeline}/nnUNetPlans.json`));
  for (const [name, spacing] of [
    ['pp_ZScoreNormalization_case_01', [1, 1]],
    ['pp_resampled_case_01', [0.8, 1.25]],
  ] as const) {
    const configuration = { ...resolveConfiguration(plans, '2d'), spacing: [...spacing] };
    const { segmentation } = await preprocessTiny({ ...plans, configurations: { '2d': configuration } }, 1);
    const expected = await readNpy(reference(`${pipeline}/${name}.seg.npy`));
    expect(farthest(segmentation!, expected.data as Int16Array)).toBe(0);
  }
});

test('the fingerprint equals the reference', async () => {
  const dataset = await readDataset(tiny);
  for (const [file, samples] of [
    ['fingerprint_total700', 700],
    ['fingerprint_default_1e8', 1e8],
  ] as const) {
    const expected = readReference(`${pipeline}/${file}.json`) as DatasetFingerprint;
    const fingerprint = await extractFingerprint({ dataset, samples });
    expect(fingerprint.shapes_after_crop).toEqual(expected.shapes_after_crop);
    expect(fingerprint.spacings).toEqual(expected.spacings);
    expect(fingerprint.median_relative_size_after_cropping).toBeCloseTo(
      expected.median_relative_size_after_cropping,
      12,
    );
    for (const [name, value] of Object.entries(expected.foreground_intensity_properties_per_channel['0'])) {
      const own = fingerprint.foreground_intensity_properties_per_channel['0'][name as 'mean'];
      expect(Math.abs(own / (value as number) - 1)).toBeLessThan(1e-9);
    }
  }
}, 30_000);

test('crops to non-zero as nnU-Net, holes filled', () => {
  interface CropVector {
    data: number[][][][];
    seg: number[][][];
    bbox: number[][];
    seg_cropped: number[][][];
    seg_when_none: number[][][];
  }
  for (const { data, seg, bbox, seg_cropped, seg_when_none } of readReference(
    `${pipeline}/crop_to_nonzero.json`,
  ) as CropVector[]) {
    const shape = [data.length, data[0].length, data[0][0].length, data[0][0][0].length];
    const values = Float32Array.from(data.flat(3));
    const withLabels = cropToNonzero(values, shape, (seg as unknown[]).flat(4) as number[]);
    expect(withLabels.box).toEqual(bbox);
    expect(Array.from(withLabels.segmentation)).toEqual((seg_cropped as unknown[]).flat(4));
    expect(Array.from(cropToNonzero(values, shape).segmentation)).toEqual((seg_when_none as unknown[]).flat(4));
  }
});

testWithRadiographs(
  'the radiographs come out as real nnU-Net preprocesses them',
  async () => {
    const plans = await readPlans(reference('fracatlas-nnunet/plans/nnUNetPlans.json'));
    const { datasetJson, cases } = await readDataset(reference('fracatlas-nnunet/raw'));
    interface Properties extends CaseProperties {
      class_locations: Record<string, { count: number; first20: number[][]; sha256_int64: string }>;
    }
    const all = readReference('fracatlas-nnunet/preprocessed/properties.json') as Record<string, Properties>;
    expect(cases.length).toBeGreaterThan(4);
    for (const { id, images, label } of cases) {
      const [image, labels] = await Promise.all([readImage(images), readImage([label])]);
      const result = preprocessImage(
        { ...image, segmentation: labels.data },
        { plans, configuration: '2d', datasetJson },
      );
      const [data, seg] = await Promise.all(
        ['data', 'seg'].map((kind) => readNpy(reference(`fracatlas-nnunet/preprocessed/${id}.${kind}.npy`))),
      );
      expect({ id, close: farthest(result.data, data.data as Float32Array) < 1e-5 }).toEqual({ id, close: true });
      expect({ id, seg: farthest(result.segmentation!, seg.data as Int16Array) }).toEqual({ id, seg: 0 });
      const { class_locations, bbox_used_for_cropping, spacing } = all[id];
      expect(result.properties).toMatchObject({ bbox_used_for_cropping, spacing });
      const rows = BigInt64Array.from(result.classLocations!['1'], BigInt);
      expect(createHash('sha256').update(rows).digest('hex')).toBe(class_locations['1'].sha256_int64);
    }
  },
  60_000,
);

test('the reference data set passes the integrity check', async () => {
  expect(await verifyDatasetIntegrity({ folder: tiny })).toEqual({ cases: 7, warnings: [] });
});
