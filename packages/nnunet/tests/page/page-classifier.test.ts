import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { placeInFrame, prepareImage, readRadiograph } from '@fractura/radiograph';
import { loadClassifier } from '@fractura/resnet18-classifier';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { openPageClassifier } from '../../src/page/open-page-classifier.js';
import { writeClassifier } from '../../src/page/write-classifier.js';
import { writeFilms } from '../support/radiographs.js';
import { tinyClassifier } from '../support/tiny-classifier.js';

let folder: string;
let classifier: string;
let whole: Awaited<ReturnType<typeof opened>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await useEngine({ prefer: 'wasm' });
  classifier = await tinyClassifier(folder);
  await writeFilms(folder, 'film.png');
  whole = await opened('float32');
}, 240_000);

/** As a page fetches it, from memory. */
async function opened(kernels: 'float32' | 'float16') {
  const written = await writeClassifier(classifier, { folder: join(folder, kernels), kernels });
  const bytes = await readFile(join(folder, kernels, written.file));
  const file = `data:application/octet-stream;base64,${bytes.toString('base64')}`;
  return { ...written, bytes, classify: await openPageClassifier({ ...written.inference, file }) };
}

test('a page says of a film what classify predict and classify explain say', async () => {
  const { described, classify } = whole;
  const { data, width, height } = await readRadiograph(join(folder, 'film.png'));
  const loaded = await loadClassifier(classifier);
  const { preparation, calibration } = loaded;
  const image = prepareImage({ data, width, height, channels: 1 }, preparation!);
  const [expected] = await loaded.explain([{ id: 'film', image: () => image }], { classIndex: 1 });
  const given = await classify({ data, width, height }, 1);
  expect(given.classIndex).toBe(1);
  expect(Math.abs(given.probabilities[1] - expected.probabilities[1])).toBeLessThan(1e-6);
  // The film's own part of the map, without what letterboxing added.
  const place = placeInFrame({ width, height }, preparation!, 'letterbox');
  expect([given.mapWidth, given.mapHeight]).toEqual([place.width, place.height]);
  expect(place.width).toBeLessThan(preparation!.width);
  const at = (x: number, y: number) => expected.heatmap[(place.top + y) * preparation!.width + place.left + x];
  expect(given.map[5 * place.width + 7]).toBe(at(7, 5));
  expect(Array.from(given.map)).toEqual(
    Array.from(given.map, (_, i) => at(i % place.width, Math.floor(i / place.width))),
  );
  expect(described).toMatchObject({
    name: 'resnet18',
    classes: ['normal', 'fractured'],
    calibration: { temperature: calibration!.temperature, images: 8 },
  });
  loaded.dispose();
});

test('kernels in float16 halve the file, and change little', async () => {
  const half = await opened('float16');
  expect(half.bytes.length / whole.bytes.length).toBeLessThan(0.51);
  const { data, width, height } = await readRadiograph(join(folder, 'film.png'));
  const [a, b] = [await whole.classify({ data, width, height }), await half.classify({ data, width, height })];
  expect(Math.abs(a.probabilities[1] - b.probabilities[1])).toBeLessThan(5e-3);
}, 240_000);

test('a folder without a training is refused', async () => {
  await expect(writeClassifier(folder, { folder, kernels: 'float32' })).rejects.toMatchObject({
    code: 'checkpoint-missing',
  });
});
