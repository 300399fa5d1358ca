import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportPrediction, readImage } from '@fractura/nnunet-planner';
import { readImage as readPicture, readRadiograph } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readNifti, writeNifti } from '@fractura/volume-io';
import {
  conversionOfModel,
  loadModel,
  predictCase,
  predictRadiograph,
  radiographProbabilities,
  writeRadiographLabels,
  type TrainedModel,
} from '../../src/index.js';
import { diskFilm, filmHeight, filmWidth, writeFilms } from '../support/radiographs.js';
import { modelOf } from '../support/reference-models.js';

const [width, height] = [filmWidth, filmHeight];
let folder: string;
let model: TrainedModel;
let file: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder, 'wrist.png');
  await writeFilms(folder, 'wrist.png');
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
});
afterAll(() => {
  model.dispose();
});

test('a radiograph is predicted as the converted file is', async () => {
  const converted = join(folder, 'wrist_0000.nii.gz');
  await writeNifti(converted, { data: diskFilm, shape: [width, height, 1] });
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

test('a model of letterboxed films letterboxes, and takes the black beside the film away again', async () => {
  const size = { width: 48, height: 48 };
  const datasetJson = { ...model.datasetJson, image_conversion: { fit: 'letterbox', ...size } };
  const letterboxed: TrainedModel = { ...model, datasetJson };
  expect(await conversionOfModel(letterboxed)).toEqual({ fit: 'letterbox', size });

  const predicted = await predictRadiograph({ model: letterboxed, file, mirroring: false });
  const place = { left: 0, top: 5, width: 48, height: 38 };
  expect(predicted).toMatchObject({ shape: [1, 48, 48], place, sourceWidth: width, sourceHeight: height });
  const { data } = await readRadiograph(file, { size, fit: 'letterbox' });
  const image = { data: Float32Array.from(data), shape: [1, 1, 48, 48] as [number, number, number, number] };
  const same = await predictCase({ model, image: { ...image, spacing: [1, 1, 1] }, mirroring: false });
  expect(predicted.probabilities).toEqual(same.probabilities);

  // What the network says of the black beside the film does not come into the film's own pixels.
  const beside = predicted.probabilities.map((value, i) => {
    const row = Math.floor(i / 48) % 48;
    return row < place.top || row >= place.top + place.height ? NaN : value;
  });
  const own = radiographProbabilities({ ...predicted, probabilities: beside });
  expect(own).toHaveLength(2 * width * height);
  expect(own).toEqual(radiographProbabilities(predicted));
  const files = await writeRadiographLabels({ predicted, model, folder: join(folder, 'letterboxed'), name: 'wrist' });
  expect((await readNifti(files.labels)).shape).toEqual([48, 48, 1]);
  const written = await readPicture(files.radiographLabels);
  expect(written.shape).toEqual([height, width]);
  const foreground = own.subarray(width * height);
  expect([...written.data]).toEqual(Array.from(foreground, (value) => Number(value > 0.5)));
});

test('a mask that was letterboxed and comes back differs at its border alone', () => {
  const [sourceWidth, sourceHeight] = [77, 31];
  const place = { left: 0, top: 15, width: 48, height: 19 };
  // A box that fills the film's columns 20 to 50 and rows 8 to 24, drawn at the film's own scale.
  const edges = { left: 20, right: 50, top: 8, bottom: 24 };
  const scale = place.width / sourceWidth;
  const boxed = Float32Array.from({ length: 48 * 48 }, (_, i) => {
    const [x, y] = [((i % 48) + 0.5) / scale, (Math.floor(i / 48) - place.top + 0.5) * (sourceHeight / place.height)];
    return Number(x > edges.left && x < edges.right && y > edges.top && y < edges.bottom);
  });
  const full = radiographProbabilities({ probabilities: boxed, shape: [1, 48, 48], place, sourceWidth, sourceHeight });
  const flawed = [...full.keys()].filter((i) => {
    const [x, y] = [(i % sourceWidth) + 0.5, Math.floor(i / sourceWidth) + 0.5];
    const depth = Math.min(x - edges.left, edges.right - x, y - edges.top, edges.bottom - y);
    return Math.abs(depth) > 1 / scale && full[i] > 0.5 !== depth > 0;
  });
  expect(flawed).toEqual([]);
  expect(full).toHaveLength(sourceWidth * sourceHeight);
});

test('a dataset.json that says nonsense of the conversion is refused', async () => {
  const datasetJson = { ...model.datasetJson, image_conversion: { fit: 'crop', width: 1, height: 1 } };
  await expect(predictRadiograph({ model: { ...model, datasetJson }, file })).rejects.toMatchObject({
    code: 'dataset-json-invalid',
  });
});
