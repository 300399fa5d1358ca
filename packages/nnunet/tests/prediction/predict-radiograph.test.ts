import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportPrediction, readImage } from '@fractura/nnunet-planner';
import { readImage as readPicture, writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readNifti, writeNifti } from '@fractura/volume-io';
import {
  loadModel,
  predictCase,
  predictRadiograph,
  writeRadiographLabels,
  type TrainedModel,
} from '../../src/index.js';
import { modelOf } from '../support/reference-models.js';

const [width, height] = [40, 32];
let folder: string;
let model: TrainedModel;
let file: string;
/** A bright disk on a dark ground. */
const grey = Uint8Array.from({ length: width * height }, (_, i) => {
  const [y, x] = [Math.floor(i / width), i % width];
  return ((y - 15) ** 2 + (x - 18) ** 2 < 40 ? 180 : 60) + ((i * 7919) % 23);
});

beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder, 'wrist.png');
  await writeImage(file, { data: grey, shape: [height, width] });
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
});
afterAll(() => {
  model.dispose();
});

test('a radiograph is predicted as the converted file is', async () => {
  const converted = join(folder, 'wrist_0000.nii.gz');
  await writeNifti(converted, { data: grey, shape: [width, height, 1] });
  const ofFile = await predictCase({ model, image: await readImage([converted]), mirroring: false });
  const ofRadiograph = await predictRadiograph({ model, file, size: 'native', mirroring: false });
  expect(ofRadiograph).toMatchObject({ ...ofFile, sourceWidth: width, sourceHeight: height });
  expect(new Set(ofRadiograph.segmentation)).toEqual(new Set([0, 1]));
});

test('its logits give the same labels and probabilities again', async () => {
  const { logits, properties, ...predicted } = await predictRadiograph({ model, file, size: 'native' });
  expect(predicted).toMatchObject(exportPrediction(logits, properties, model));
});

test('its labels are written in the data set’s format and on the radiograph’s own pixels', async () => {
  const predicted = await predictRadiograph({ model, file, size: { width: 20, height: 16 } });
  const files = await writeRadiographLabels({ predicted, model, folder: join(folder, 'labels'), name: 'wrist' });
  expect(readdirSync(join(folder, 'labels')).sort()).toEqual(['wrist.nii.gz', 'wrist_radiograph.png']);
  expect((await readNifti(files.labels)).shape).toEqual([20, 16, 1]);
  expect((await readPicture(files.radiographLabels)).shape).toEqual([height, width]);
});

test('a step size that is no fraction of the window is refused', async () => {
  await expect(predictRadiograph({ model, file, size: 'native', stepSize: 2 })).rejects.toMatchObject({
    code: 'step-size-invalid',
  });
});

test('a model of two channels takes no radiograph', async () => {
  const two = await loadModel({ folder: modelOf('resenc') });
  await expect(predictRadiograph({ model: two, file })).rejects.toMatchObject({ code: 'channels-missing' });
  two.dispose();
});
