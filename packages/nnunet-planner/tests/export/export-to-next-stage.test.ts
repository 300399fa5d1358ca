import { readPlans, resolveConfiguration, type CaseProperties, type DatasetJson } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { exportPrediction, exportToNextStage, type PreprocessingPlan } from '../../src/index.js';
import { reference } from '../golden.js';

const properties: CaseProperties = {
  spacing: [1, 1, 1],
  shape_before_cropping: [8, 10, 12],
  bbox_used_for_cropping: [[0, 8], [0, 10], [0, 12]], // prettier-ignore
  shape_after_cropping_and_before_resampling: [8, 10, 12],
};
const logits = Float32Array.from({ length: 3 * 4 * 5 * 6 }, (_, i) => Math.sin(12.9898 * i));

/** A coarse stage of spacing 2, and next ones of the case's own spacing and of another. */
async function cascade(labels: Pick<DatasetJson, 'labels' | 'regions_class_order'>): Promise<PreprocessingPlan> {
  const base = await readPlans(reference('nnunet-v2/vectors/pipeline/nnUNetPlans.json'));
  const stage = (spacing: number[]) => ({ ...resolveConfiguration(base, '2d'), spacing });
  const configurations = { low: stage([2, 2, 2]), full: stage([1, 1, 1]), other: stage([1.6, 1, 0.8]) };
  return {
    plans: { ...base, transpose_forward: [0, 1, 2], transpose_backward: [0, 1, 2], configurations },
    configuration: 'low',
    datasetJson: { channel_names: { '0': 'CT' }, numTraining: 1, file_ending: '.nii.gz', ...labels },
  };
}

test.each([
  ['labels', { labels: { background: 0, a: 1, b: 2 } }],
  ['regions', { labels: { background: 0, all: [1, 2, 3], some: [2, 3], few: [3] }, regions_class_order: [1, 2, 3] }],
])('at the image’s spacing the next stage gets the %s that are predicted', async (_, labels) => {
  const plan = await cascade(labels);
  const next = exportToNextStage(logits, properties, plan, 'full');
  expect(next.shape).toEqual([8, 10, 12]);
  expect(next.segmentation).toEqual(exportPrediction(logits, properties, plan).segmentation);
  expect(new Set(next.segmentation).size).toBeGreaterThan(2);
});

test('has the shape of the next stage’s data, and wants logits of its own', async () => {
  const plan = await cascade({ labels: { background: 0, a: 1, b: 2 } });
  expect(exportToNextStage(logits, properties, plan, 'other').shape).toEqual([5, 10, 15]);
  expect(() => exportToNextStage(logits.subarray(1), properties, plan, 'full')).toThrow(
    expect.objectContaining({ code: 'shape-mismatch' }),
  );
});
