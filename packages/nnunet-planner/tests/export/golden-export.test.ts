import { existsSync } from 'node:fs';
import { readPlans, resolveConfiguration, type CaseProperties, type DatasetJson } from '@fractura/nnunet-format';
import { readNpy } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { exportPrediction } from '../../src/index.js';
import { readReference, reference } from '../golden.js';

interface ExportVector {
  name: string;
  labels: DatasetJson['labels'];
  regions_class_order: number[] | null;
  plan_spacing: number[];
  transpose_forward: number[];
  transpose_backward: number[];
  properties: CaseProperties;
}

test('predictions come back into the frame of their image as from nnU-Net', async () => {
  const base = await readPlans(reference('nnunet-v2/vectors/pipeline/nnUNetPlans.json'));
  const { export: vectors } = readReference('nnunet-v2/vectors/inference/inference.json') as { export: ExportVector[] };
  const present = vectors.filter(({ name }) =>
    existsSync(reference(`nnunet-v2/vectors/inference/export_${name}.logits.npy`)),
  );
  expect(present.length).toBeGreaterThan(1);
  for (const vector of present) {
    const file = (kind: string) => reference(`nnunet-v2/vectors/inference/export_${vector.name}.${kind}.npy`);
    const [logits, probabilities, labels] = await Promise.all(
      ['logits', 'prob', 'seg'].map((kind) => readNpy(file(kind))),
    );
    const { transpose_forward, transpose_backward } = vector;
    const configuration = { ...resolveConfiguration(base, '2d'), spacing: vector.plan_spacing };
    const exported = exportPrediction(logits.data as Float32Array, vector.properties, {
      plans: { ...base, transpose_forward, transpose_backward, configurations: { '2d': configuration } },
      configuration: '2d',
      datasetJson: {
        channel_names: { '0': 'x' },
        labels: vector.labels,
        numTraining: 1,
        file_ending: '.png',
        regions_class_order: vector.regions_class_order ?? undefined,
      },
    });
    expect(exported.shape).toEqual(labels.shape.slice(-3));
    expect(Array.from(exported.segmentation)).toEqual(Array.from(labels.data as Uint8Array));
    const differences = exported.probabilities.map((value, i) => Math.abs(value - Number(probabilities.data[i])));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  }
});
