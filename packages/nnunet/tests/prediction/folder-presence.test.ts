import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sigmoid } from '@fractura/nnunet-planner';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readNifti, readNpz } from '@fractura/volume-io';
import { loadModel, predictFolder, presenceProbability, type TrainedModel } from '../../src/index.js';
import { folderOf, modelOf } from '../support/reference-models.js';
import { withPresenceHead } from '../support/with-presence-head.js';

const input = join(folderOf('plain'), 'imagesTs');
let model: TrainedModel;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
});
afterAll(() => {
  model.dispose();
});

const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;

test('a model of nnU-Net writes what nnU-Net writes', async () => {
  const output = await temporaryFolder();
  const cases = await predictFolder({ model, input, output, mirroring: false });
  expect(readdirSync(output).sort()).toEqual(
    [...cases.map((id) => `${id}.nii.gz`), 'dataset.json', 'plans.json', 'predict_from_raw_data_args.json'].sort(),
  );
});

test('a model with a presence head also writes what it says of each case, and adds to it where it goes on', async () => {
  const output = await temporaryFolder();
  const options = { input, output, mirroring: false, saveProbabilities: true };
  const cases = await predictFolder({ model: withPresenceHead(model, 1.5), ...options });
  const file = join(output, 'presence.json');
  const presences = await readJson(file);
  expect(Object.keys(presences)).toEqual(cases);
  const [presenceHead] = sigmoid([1.5]);
  for (const id of cases) {
    const { data, shape } = (await readNpz(join(output, `${id}.npz`))).get('probabilities')!;
    const background = (data as Float32Array).subarray(0, data.length / shape[0]);
    const largestProbability = background.map((value) => 1 - value).reduce((a, b) => Math.max(a, b));
    expect(presences[id]).toEqual({
      presence: presenceProbability({ presence: [presenceHead], largest: largestProbability }),
      presenceHead,
      largestProbability,
    });
  }
  await rm(join(output, `${cases[1]}.nii.gz`));
  await predictFolder({ model: withPresenceHead(model, -1.5), ...options, continuePrediction: true });
  const after = await readJson(file);
  expect(after[cases[0]]).toEqual(presences[cases[0]]);
  expect(after[cases[1]]).toMatchObject({ presenceHead: sigmoid([-1.5])[0] });

  await writeFile(file, '[]');
  await expect(predictFolder({ model, ...options, continuePrediction: true })).rejects.toMatchObject({
    code: 'presence-invalid',
  });
});

test('shares of the cases write what they say of them into files of their own', async () => {
  const output = await temporaryFolder();
  const withHead = withPresenceHead(model, 0);
  for (const part of [0, 1]) {
    await predictFolder({ model: withHead, input, output, mirroring: false, parts: 2, part });
  }
  expect(Object.keys(await readJson(join(output, 'presence_part_0_of_2.json')))).toEqual(['t1_plain', 't3_spacing']);
  expect(Object.keys(await readJson(join(output, 'presence_part_1_of_2.json')))).toEqual(['t2_tiles', 't4_border']);
  expect(existsSync(join(output, 'presence.json'))).toBe(false);
});

test('the threshold decides what is foreground', async () => {
  const output = await temporaryFolder();
  const options = { model, input, output, mirroring: false, saveProbabilities: true };
  await predictFolder({ ...options, threshold: 0.2 });
  const { data } = (await readNpz(join(output, 't1_plain.npz'))).get('probabilities')!;
  const voxels = data.length / 2;
  const labels = await readNifti(join(output, 't1_plain.nii.gz'));
  const wanted = Array.from({ length: voxels }, (_, i) => Number(1 - Number(data[i]) > 0.2));
  expect([...labels.data]).toEqual(wanted);
  expect(wanted).not.toEqual(Array.from({ length: voxels }, (_, i) => Number(data[i] < 0.5)));
  await expect(predictFolder({ ...options, threshold: 1 })).rejects.toMatchObject({ code: 'threshold-invalid' });
});
