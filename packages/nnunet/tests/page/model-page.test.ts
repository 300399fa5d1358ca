import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readLabels } from '@fractura/nnunet-format';
import { encodeJpeg, prepareRadiograph, readImage, readRadiograph, writeImage } from '@fractura/radiograph';
import { loadClassifier } from '@fractura/resnet18-classifier';
import { dicomElement, dicomFilm, patientElements, patientMarks, temporaryFolder } from '@fractura/testing';
import {
  chooseLast,
  foreignRequests,
  openPage,
  saved,
  testWithChromium,
  waitUntilSettled,
  type WatchedPage,
} from '@fractura/testing/viewer-page';
import { useEngine } from '@fractura/tfjs-engine';
import { servePage, type ServedPage } from '@fractura/viewer';
import {
  findLesions,
  labelRadiograph,
  loadModel,
  predictRadiograph,
  presenceOf,
  writeModelPage,
  type TrainedModel,
} from '../../src/index.js';
import { modelOf } from '../support/reference-models.js';
import { diskFilm, filmHeight, filmWidth } from '../support/radiographs.js';
import { tinyClassifier } from '../support/tiny-classifier.js';

/** Probabilities of both may differ by so much, and masks only where a probability is so near to the cut-off. */
const tolerance = 1e-3;

let model: TrainedModel;
let folder: string;
let classifier: string;
let pageFolder: string;
let served: ServedPage;
let watched: WatchedPage | undefined;
const films = ['wrist.jpg', 'colour.jpg', 'deep.png', 'hand.dcm'];
beforeAll(async () => {
  folder = await temporaryFolder();
  pageFolder = join(folder, 'page');
  await writeFilms(folder);
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
  classifier = await tinyClassifier(folder);
  await writeModelPage({ model, classifier, output: pageFolder, offline: false });
  served = await servePage({ folder: pageFolder });
  watched = await openPage(served.url);
}, 240_000);
afterAll(async () => {
  model.dispose();
  await watched?.browser.close();
  await served.close();
});

/** The same disk as a grey and a colour JPEG, a PNG of 16 bits, and a DICOM file of 12. */
async function writeFilms(to: string): Promise<void> {
  const size = { width: filmWidth, height: filmHeight };
  const grey = await encodeJpeg({ ...size, data: diskFilm, channels: 1 }, { quality: 90 });
  await writeFile(join(to, 'wrist.jpg'), grey);
  const rgb = Uint8Array.from({ length: diskFilm.length * 3 }, (_, i) => diskFilm[Math.floor(i / 3)] - (i % 3) * 9);
  await writeFile(join(to, 'colour.jpg'), await encodeJpeg({ ...size, data: rgb, channels: 3 }, { quality: 90 }));
  const deep = Uint16Array.from(diskFilm, (level, i) => level * 257 - (i % 57));
  await writeImage(join(to, 'deep.png'), { data: deep, shape: [filmHeight, filmWidth] });
  const levels = Uint16Array.from(diskFilm, (level) => level * 16);
  const more = [dicomElement('00280030', 'DS', '0.2\\0.1'), ...patientElements()];
  await writeFile(join(to, 'hand.dcm'), dicomFilm({ ...size, levels, more }));
}

/** What the page saves of a film. */
interface PageResult {
  presence: number;
  largestProbability: number;
  lesions: { area: number; areaMm2?: number }[];
  classifier: Record<string, number>;
}

/** As `classify predict` judges a film. */
async function classifiedInNode(name: string): Promise<number> {
  const loaded = await loadClassifier(classifier);
  const image = await prepareRadiograph(join(folder, name), loaded.preparation!);
  const [{ probabilities }] = await loaded.predict([{ id: name, image: () => image }]);
  loaded.dispose();
  return probabilities[1];
}

/** As `predict --image` predicts a film. */
async function inNode(name: string) {
  const predicted = await predictRadiograph({ model, file: join(folder, name) });
  const labelled = labelRadiograph(predicted, model);
  const labels = readLabels(model.datasetJson);
  return { labelled, presence: presenceOf(predicted, labels), lesions: findLesions(labelled, model.datasetJson) };
}

test('the worker of a page needs nothing of Node', async () => {
  const worker = await readFile(join(pageFolder, 'model-worker.js'), 'utf8');
  expect(worker).not.toMatch(/from ?"(node:|sharp|@cornerstonejs)/);
  expect(worker).not.toMatch(/import\(["'](node:|sharp|@cornerstonejs)/);
});

testWithChromium.each(films)('%s is predicted in a page as in Node', async (name) => {
  const { page } = watched!;
  await page.setInputFiles('#files', join(folder, name));
  await waitUntilSettled(page, films.indexOf(name) + 1);
  await chooseLast(page);
  await page.locator('#classification:not(:empty)').waitFor();
  const json = String(await saved(page, '#save-json'));
  const result = JSON.parse(json) as PageResult;
  const expected = await inNode(name);
  expect(result).toMatchObject({ file: name, width: filmWidth, height: filmHeight, threshold: null });
  expect(Math.abs(result.presence - expected.presence.presence)).toBeLessThan(tolerance);
  expect(Math.abs(result.largestProbability - expected.presence.largestProbability)).toBeLessThan(tolerance);
  expect(Math.abs(result.classifier.fractured - (await classifiedInNode(name)))).toBeLessThan(tolerance);
  const { labels, foreground } = expected.labelled;
  const maskFile = join(folder, `${name}.mask.png`);
  await writeFile(maskFile, await saved(page, '#save-mask'));
  const mask = await readImage(maskFile);
  expect(mask.shape).toEqual([filmHeight, filmWidth]);
  const others = [...labels.keys()].filter((i) => labels[i] !== mask.data[i]);
  expect(others.filter((i) => Math.abs(foreground[i] - 0.5) > tolerance)).toEqual([]);
  expect(labels.some((label) => label !== 0)).toBe(true);
  if (others.length === 0) {
    expect(result.lesions.map(({ area }) => area)).toEqual(expected.lesions.map(({ area }) => area));
  }
  const { pixelSpacing } = await readRadiograph(join(folder, name));
  if (pixelSpacing !== undefined) {
    expect(result.lesions[0].areaMm2).toBeCloseTo(result.lesions[0].area * pixelSpacing.row * pixelSpacing.column);
  }
});

testWithChromium('nothing of a patient is on the page, nor in what it saves', async () => {
  const { page } = watched!;
  const shown = [await page.content(), String(await saved(page, '#save-all'))].join();
  expect(shown).toContain('hand.dcm');
  expect(Object.values(patientMarks).filter((mark) => shown.includes(mark))).toEqual([]);
});

testWithChromium('nothing was requested since the model was loaded, and nothing was said on the console', () => {
  expect(foreignRequests(watched!)).toEqual([]);
  expect(watched!.messages).toEqual([]);
});
