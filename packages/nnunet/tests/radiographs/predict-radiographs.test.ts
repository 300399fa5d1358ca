import { existsSync, readdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCsv } from '@fractura/array-files';
import { sigmoid } from '@fractura/nnunet-planner';
import { readImage } from '@fractura/radiograph';
import {
  dicomElement,
  dicomFilm,
  patientElements,
  patientMarks,
  temporaryFolder,
  type DicomElement,
} from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readNifti } from '@fractura/volume-io';
import {
  loadModel,
  predictRadiograph,
  predictRadiographs,
  presenceProbability,
  radiographProbabilities,
  type PredictRadiographsOptions,
  type RadiographPrediction,
  type TrainedModel,
} from '../../src/index.js';
import { diskFilm, filmHeight, filmWidth, writeFilms } from '../support/radiographs.js';
import { modelOf } from '../support/reference-models.js';
import { withPresenceHead } from '../support/with-presence-head.js';

let model: TrainedModel;
let folder: string;
/** Films in a folder and a subfolder, of which one is damaged. */
let films: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  films = join(folder, 'films');
  await writeFilms(films, 'wrist.png', 'hand/wrist.png', 'hand/elbow.tif');
  await writeFile(join(films, 'hand', 'damaged.jpg'), 'no picture');
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
});
afterAll(() => {
  model.dispose();
});

const predict = (output: string, options: Partial<PredictRadiographsOptions> = {}) =>
  predictRadiographs({
    model,
    images: [films],
    output: join(folder, output),
    size: 'native',
    mirroring: false,
    ...options,
  });
const filesIn = (output: string) =>
  readdirSync(join(folder, output), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(join(folder, output).length + 1))
    .sort();

test('one radiograph is predicted with its presence and its lesions', async () => {
  const { predictions, failures } = await predict('one', { images: [join(films, 'wrist.png')] });
  expect(failures).toEqual([]);
  expect(filesIn('one')).toEqual(['predictions.csv', 'predictions.json', 'wrist.nii.gz', 'wrist_radiograph.png']);
  const [prediction] = predictions as RadiographPrediction[];
  const { data } = await readImage(join(folder, 'one', 'wrist_radiograph.png'));
  const probabilities = radiographProbabilities(
    await predictRadiograph({ model, file: join(films, 'wrist.png'), size: 'native', mirroring: false }),
  );
  const foreground = [...probabilities.subarray(0, data.length)].map((background) => Math.fround(1 - background));
  const largest = Math.max(...foreground);
  expect(prediction).toEqual({
    file: 'wrist.png',
    width: filmWidth,
    height: filmHeight,
    presence: largest,
    largestProbability: largest,
    threshold: null,
    lesions: prediction.lesions,
    labels: 'wrist.nii.gz',
    radiographLabels: 'wrist_radiograph.png',
  });
  // The boxes hold every pixel of the label, and the lesions are as large as it.
  const inside = foreground.filter((_, i) => data[i] !== 0);
  expect(prediction.lesions.length).toBeGreaterThan(0);
  expect(prediction.lesions.reduce((sum, { area }) => sum + area, 0)).toBe(inside.length);
  expect(prediction.lesions[0].maximumProbability).toBe(Math.max(...inside));
  const total = prediction.lesions.reduce((sum, { area, meanProbability }) => sum + area * meanProbability, 0);
  expect(total).toBeCloseTo(
    inside.reduce((sum, probability) => sum + probability, 0),
    4,
  );
  for (const [i, label] of data.entries()) {
    const [px, py] = [i % filmWidth, Math.floor(i / filmWidth)];
    const covered = prediction.lesions.some(
      ({ box: [x, y, width, height] }) => px >= x && py >= y && px < x + width && py < y + height,
    );
    expect(covered || label === 0).toBe(true);
  }
});

test('a folder with subfolders is predicted, and a damaged file is listed while the others go on', async () => {
  const notes: string[] = [];
  const { predictions, failures } = await predict('all', { recursive: true, note: (line) => notes.push(line) });
  expect(predictions.map(({ file }) => file)).toEqual([
    'hand/damaged.jpg',
    'hand/elbow.tif',
    'hand/wrist.png',
    'wrist.png',
  ]);
  expect(failures).toMatchObject([{ code: 'image-unreadable' }]);
  expect(notes).toEqual([`Left out hand/damaged.jpg: ${failures[0].message}`]);
  expect(filesIn('all')).toEqual([
    'hand/elbow.nii.gz',
    'hand/elbow_radiograph.png',
    'hand/wrist.nii.gz',
    'hand/wrist_radiograph.png',
    'predictions.csv',
    'predictions.json',
    'wrist.nii.gz',
    'wrist_radiograph.png',
  ]);
  const written: unknown = JSON.parse(await readFile(join(folder, 'all', 'predictions.json'), 'utf8'));
  expect(written).toEqual(predictions);
  expect(predictions[0]).toEqual({
    file: 'hand/damaged.jpg',
    error: { code: 'image-unreadable', message: failures[0].message, remedy: failures[0].remedy },
  });
});

test('the table has a row for each lesion, and one for a radiograph that failed', async () => {
  await writeFilms(join(folder, 'table'), 'disk.png');
  await writeFile(join(folder, 'table', 'damaged.png'), '');
  const images = [join(folder, 'table')];
  const { predictions, failures } = await predict('table/out', { images, model: withPresenceHead(model, 2) });
  const [, disk] = predictions as RadiographPrediction[];
  const { columns, rows } = parseCsv(await readFile(join(folder, 'table/out', 'predictions.csv'), 'utf8'));
  expect(columns.join()).toBe(
    'file,width,height,presence,presence_head,largest_probability,threshold,lesions,lesion,class,x,y,box_width,box_height,area,area_mm2,maximum_probability,mean_probability,error',
  );
  expect(rows).toHaveLength(1 + disk.lesions.length);
  expect(rows[0]).toEqual({
    ...Object.fromEntries(columns.map((column) => [column, ''])),
    file: 'damaged.png',
    error: failures[0].message,
  });
  const [head] = sigmoid([2]);
  const [{ box, area, maximumProbability, meanProbability, class: name }] = disk.lesions;
  expect(rows[1]).toEqual({
    file: 'disk.png',
    width: '40',
    height: '32',
    presence: String(presenceProbability({ presence: [head], largest: disk.largestProbability })),
    presence_head: String(head),
    largest_probability: String(disk.largestProbability),
    threshold: '',
    lesions: String(disk.lesions.length),
    lesion: '1',
    class: name,
    x: String(box[0]),
    y: String(box[1]),
    box_width: String(box[2]),
    box_height: String(box[3]),
    area: String(area),
    area_mm2: '',
    maximum_probability: String(maximumProbability),
    mean_probability: String(meanProbability),
    error: '',
  });
});

test('the threshold decides both labels; else the model’s own does', async () => {
  const images = [join(films, 'wrist.png')];
  const size = { width: 20, height: 16 };
  const background = radiographProbabilities(
    await predictRadiograph({ model, file: images[0], size, mirroring: false }),
  ).subarray(0, diskFilm.length);
  const wanted = (threshold: number) => Array.from(background, (value) => Number(1 - value > threshold));
  const labelsOf = async (output: string) => [...(await readImage(join(folder, output, 'wrist_radiograph.png'))).data];
  const low = await predict('low', { images, size, threshold: 0.1 });
  expect(await labelsOf('low')).toEqual(wanted(0.1));
  expect(wanted(0.1)).not.toEqual(wanted(0.5));
  expect(low.predictions).toMatchObject([{ threshold: 0.1 }]);
  const own = await predict('own', { images, size, model: { ...model, threshold: 0.1 } });
  expect(own).toEqual(low);
  expect(await labelsOf('own')).toEqual(wanted(0.1));
});

test('an overlay shows the film at its own size, and outlines what the label holds', async () => {
  const images = [join(films, 'wrist.png')];
  const { predictions } = await predict('overlay', { images, overlay: 'outline' });
  expect(predictions).toMatchObject([{ overlay: 'wrist_overlay.png' }]);
  const { data, shape } = await readImage(join(folder, 'overlay', 'wrist_overlay.png'));
  expect(shape).toEqual([filmHeight, filmWidth, 3]);
  const labels = (await readImage(join(folder, 'overlay', 'wrist_radiograph.png'))).data;
  let outlined = 0;
  for (const [i, level] of diskFilm.entries()) {
    const pixel = [...data.subarray(3 * i, 3 * i + 3)];
    const isOutline = pixel.join() === '0,229,255';
    outlined += Number(isOutline);
    expect(isOutline || pixel.every((each) => each === level)).toBe(true);
    expect(isOutline && labels[i] !== 0).toBe(false);
  }
  expect(outlined).toBeGreaterThan(10);
  await predict('heat', { images, overlay: 'heat' });
  const heat = (await readImage(join(folder, 'heat', 'wrist_overlay.png'))).data;
  const inside = labels.findIndex((label) => label !== 0);
  expect(heat[3 * inside]).toBeGreaterThan(heat[3 * inside + 2]);
});

test('results that would meet are refused before anything is predicted', async () => {
  const clash = join(folder, 'clash');
  await writeFilms(clash, 'a.png', 'a_radiograph.png');
  const pictures = { ...model, datasetJson: { ...model.datasetJson, file_ending: '.png' } };
  await expect(predict('clash/out', { images: [clash], model: pictures })).rejects.toMatchObject({
    code: 'output-twice',
    message: expect.stringContaining('a_radiograph.png') as unknown,
  });
  expect(existsSync(join(clash, 'out'))).toBe(false);
  await rename(join(clash, 'a_radiograph.png'), join(clash, 'a_overlay.png'));
  const { failures } = await predict('clash/out', { images: [clash] });
  expect(failures).toEqual([]);
});

test('what was predicted before an interruption is listed', async () => {
  const interrupted = new AbortController();
  const predicting = predict('stopped', {
    recursive: true,
    images: [films],
    signal: interrupted.signal,
    progress: () => ({
      update: ({ done }) => {
        if (done === 2) {
          interrupted.abort();
        }
      },
      finish: () => undefined,
    }),
  });
  await expect(predicting).rejects.toThrow();
  const written = JSON.parse(await readFile(join(folder, 'stopped', 'predictions.json'), 'utf8')) as unknown[];
  expect(written).toMatchObject([{ file: 'hand/damaged.jpg' }, { file: 'hand/elbow.tif', lesions: expect.anything() }]);
});

test('a model of two channels, and a threshold that is no probability, are refused', async () => {
  const two = await loadModel({ folder: modelOf('resenc') });
  await expect(predict('refused', { model: two })).rejects.toMatchObject({ code: 'channels-missing' });
  two.dispose();
  await expect(predict('refused', { threshold: 0 })).rejects.toMatchObject({ code: 'threshold-invalid' });
  expect(existsSync(join(folder, 'refused'))).toBe(false);
});

describe('DICOM', () => {
  const levels = Uint16Array.from(diskFilm, (level) => level * 16);
  const spacing = dicomElement('00280030', 'DS', '0.2\\0.25');
  const writeDicom = async (name: string, more: DicomElement[]) => {
    const path = join(folder, name);
    const film = { width: filmWidth, height: filmHeight, levels };
    await writeFile(path, dicomFilm({ ...film, more: [...patientElements(), ...more] }));
    return path;
  };

  test('lesions are measured, and the spacing is in the headers', async () => {
    const images = [await writeDicom('measured.dcm', [spacing])];
    const { predictions } = await predict('measured', { images });
    const [{ pixelSpacing, lesions }] = predictions as RadiographPrediction[];
    expect(pixelSpacing).toEqual({ row: 0.2, column: 0.25, at: 'patient' });
    expect(lesions.length).toBeGreaterThan(0);
    for (const { area, areaMm2 } of lesions) {
      expect(areaMm2).toBeCloseTo(area * 0.05, 9);
    }
    const { rows } = parseCsv(await readFile(join(folder, 'measured', 'predictions.csv'), 'utf8'));
    expect(Number(rows[0].area_mm2)).toBeCloseTo(lesions[0].areaMm2!, 9);
    const read = await readNifti(join(folder, 'measured', 'measured.nii.gz'));
    expect([...read.spacing].map((each) => Number(each.toFixed(6)))).toEqual([0.25, 0.2, 1]);
  });

  test('a model of films of spacing 1 takes them pixel by pixel, one of spaced films by their spacing', async () => {
    const [spaced, plain] = [await writeDicom('spaced.dcm', [spacing]), await writeDicom('plain.dcm', [])];
    const probabilities = async (file: string, spacing = model.plan.spacing) => {
      const { configuration, plans } = model;
      const { [configuration]: entry, ...others } = plans.configurations;
      const configurations = { ...others, [configuration]: { ...entry, spacing } };
      const spacedModel = { ...model, plan: { ...model.plan, spacing }, plans: { ...plans, configurations } };
      return radiographProbabilities(
        await predictRadiograph({ model: spacedModel, file, size: 'native', mirroring: false }),
      );
    };
    expect(await probabilities(spaced)).toEqual(await probabilities(plain));
    const twice = [0.4, 0.5];
    // At half the size, as at a spacing of 2 for each 1; a film of no spacing is taken pixel by pixel.
    expect(await probabilities(spaced, twice)).not.toEqual(await probabilities(plain, twice));
    expect(await probabilities(plain, twice)).toEqual(await probabilities(plain));
  });

  test('further images in a file are noted, and nothing of the patient comes out', async () => {
    const notes: string[] = [];
    await writeDicom('two.dcm', [spacing, dicomElement('00280008', 'IS', '2')]);
    await writeFile(join(folder, 'broken.dcm'), (await readFile(join(folder, 'two.dcm'))).subarray(0, 600));
    const { predictions, failures } = await predict('noted', {
      images: [join(folder, 'two.dcm'), join(folder, 'broken.dcm')],
      overlay: 'heat',
      note: (line) => notes.push(line),
    });
    expect(notes).toEqual([
      `${join(folder, 'two.dcm')} holds 2 images; the first is read.`,
      `Left out broken.dcm: ${failures[0].message}`,
    ]);
    const texts = [...notes, JSON.stringify(predictions)];
    for (const file of filesIn('noted')) {
      const bytes = await readFile(join(folder, 'noted', file));
      texts.push((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'));
    }
    expect(texts.length).toBeGreaterThan(7);
    for (const mark of Object.values(patientMarks)) {
      expect(texts.filter((text) => text.includes(mark))).toEqual([]);
    }
  });
});
