import { readdirSync, readFileSync } from 'node:fs';
import { encodePlans, type DatasetFingerprint, type DatasetJson, type Plans } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { featureMapElements, networkTopology, planExperiment, type PlannerName } from '../../src/index.js';
import { readReference, reference } from '../golden.js';

interface PlanVector {
  dataset_json: DatasetJson;
  n_cases: number;
  fingerprint: Omit<DatasetFingerprint, 'spacings' | 'shapes_after_crop'> &
    Record<'spacings' | 'shapes_after_crop', number[][] | { repeat: number[] }>;
  plans: Record<string, Plans>;
}

const vectors = 'nnunet-v2/vectors';

function planVector(
  { dataset_json: datasetJson, n_cases: cases, fingerprint }: PlanVector,
  expected: Plans,
  planner: string,
): Plans {
  const rows = (value: number[][] | { repeat: number[] }) =>
    Array.isArray(value) ? value : Array.from({ length: cases }, () => value.repeat);
  return planExperiment({
    dataset: { name: expected.dataset_name, datasetJson, reader: expected.image_reader_writer },
    fingerprint: {
      ...fingerprint,
      spacings: rows(fingerprint.spacings),
      shapes_after_crop: rows(fingerprint.shapes_after_crop),
    },
    planner: planner as PlannerName,
  });
}

test('plans equal those of every planner of nnU-Net', () => {
  const files = readdirSync(reference(`${vectors}/plans`)).filter((name) => /^[A-Z]_.*(?<!verbatim)\.json$/.test(name));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const vector = readReference(`${vectors}/plans/${file}`) as PlanVector;
    for (const [planner, expected] of Object.entries(vector.plans)) {
      expect({ file, planner, plans: planVector(vector, expected, planner) }).toEqual({
        file,
        planner,
        plans: expected,
      });
    }
  }
});

test.each(['A', 'K'])('the plans file %s is written byte for byte', (letter) => {
  const name = readdirSync(reference(`${vectors}/plans`)).find(
    (file) => file.startsWith(`${letter}_`) && !file.includes('verbatim'),
  )!;
  const vector = readReference(`${vectors}/plans/${name}`) as PlanVector;
  const plans = planVector(vector, vector.plans.ExperimentPlanner, 'ExperimentPlanner');
  const verbatim = readFileSync(reference(`${vectors}/plans/${letter}_nnUNetPlans.verbatim.json`), 'utf8');
  expect(encodePlans(plans)).toBe(verbatim);
});

interface TopologyVector {
  spacing: number[];
  patch_size_in: number[];
  max_numpool: number;
  num_pool_per_axis: number[];
  pool_op_kernel_sizes: number[][];
  conv_kernel_sizes: number[][];
  patch_size_out: number[];
  must_be_divisible_by: number[];
}

test('topologies equal those of nnU-Net', () => {
  const { cases } = readReference(`${vectors}/topology.json`) as { cases: TopologyVector[] };
  for (const vector of cases) {
    expect(networkTopology(vector.spacing, vector.patch_size_in, { maximalPoolings: vector.max_numpool })).toEqual({
      poolings: vector.num_pool_per_axis,
      strides: vector.pool_op_kernel_sizes,
      kernelSizes: vector.conv_kernel_sizes,
      patchSize: vector.patch_size_out,
      divisors: vector.must_be_divisible_by,
    });
  }
});

test('feature-map elements equal those of the networks', () => {
  const { rows } = readReference(`${vectors}/vram_estimates.json`) as { rows: Record<string, never>[] };
  for (const row of rows) {
    const elements = featureMapElements({
      residualEncoder: row.arch === 'ResidualEncoderUNet',
      patchSize: row.patch_size,
      strides: row.strides,
      featuresPerStage: row.features_per_stage,
      perStage: row.n_enc,
      perDecoderStage: row.n_dec,
      outputChannels: row.output_channels,
    });
    expect(elements).toBe(row.feature_map_size);
  }
});
