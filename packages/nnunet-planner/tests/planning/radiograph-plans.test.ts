import { readFile } from 'node:fs/promises';
import { encodeFingerprint, encodePlans, readDatasetJson, readFingerprint } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { explainPlan, planExperiment, type PlannerName } from '../../src/index.js';
import { reference } from '../golden.js';

const folder = 'fracatlas-nnunet/plans';

async function radiographs() {
  const fingerprint = (await readFingerprint(reference(`${folder}/dataset_fingerprint.json`)))!;
  const datasetJson = await readDatasetJson(reference(`${folder}/dataset.json`));
  return { fingerprint, dataset: { name: 'Dataset921_FracAtlas', reader: 'SimpleITKIO', datasetJson } };
}

test.each<{ planner: PlannerName; plansName: string; gpuMemoryTargetGb?: number }>([
  { planner: 'ExperimentPlanner', plansName: 'nnUNetPlans' },
  { planner: 'ExperimentPlanner', plansName: 'nnUNetPlans_gpu1', gpuMemoryTargetGb: 1 },
  { planner: 'ExperimentPlanner', plansName: 'nnUNetPlans_gpu2', gpuMemoryTargetGb: 2 },
  { planner: 'ExperimentPlanner', plansName: 'nnUNetPlans_gpu24', gpuMemoryTargetGb: 24 },
  { planner: 'nnUNetPlannerResEncM', plansName: 'nnUNetResEncUNetMPlans' },
  { planner: 'nnUNetPlannerResEncL', plansName: 'nnUNetResEncUNetLPlans' },
])('$planner plans 656 radiographs as the real one, byte for byte: $plansName', async (options) => {
  const plans = planExperiment({ ...(await radiographs()), ...options });
  expect(encodePlans(plans)).toBe(await readFile(reference(`${folder}/${options.plansName}.json`), 'utf8'));
});

test('a fingerprint of nnU-Net is read and written back byte for byte', async () => {
  const { fingerprint, dataset } = await radiographs();
  const text = await readFile(reference(`${folder}/dataset_fingerprint.json`), 'utf8');
  expect(encodeFingerprint(fingerprint, dataset.reader)).toBe(text);
});

test('an explanation names patch, batch, what limits it and the memory against its limit', async () => {
  const text = explainPlan(await radiographs());
  expect(text).toContain('Dataset921_FracAtlas: 656 cases');
  expect(text).toContain('2d: patch 224 x 224, batch 33, 6 stages');
  expect(text).toContain('limited by the size of the data set');
  expect(text).toContain('the limit stands for 85.0 million');
});
