import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { decodeRle, polygonsToRle } from '@fractura/coco';
import { cropToPlacement, placeInFrame, readRadiograph, resizeImage } from '@fractura/radiograph';
import { readNifti } from '@fractura/volume-io';
import { convertCoco, labelsToCoco, readConversionRecord, type ConvertOptions } from '../src/index.js';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

const size = { width: 48, height: 48 };

const wide = async () =>
  tinyAtlas({
    files: { 'wide.jpg': await jpegOf(91, 40), 'high.jpg': await jpegOf(20, 77) },
    images: [
      { id: 1, file_name: 'wide.jpg', width: 91, height: 40 },
      { id: 2, file_name: 'high.jpg', width: 20, height: 77 },
    ],
    annotations: [
      { id: 1, image_id: 1, segmentation: [box(10, 5, 40, 20)] },
      // It reaches out of the film, and must not be drawn on the black beside it.
      { id: 2, image_id: 2, segmentation: [box(-8, 30, 18, 20)] },
    ],
  });

const dataOf = async (folder: string, part: string, name: string) =>
  (await readNifti(join(folder, part, `${name}.nii.gz`))).data as Uint8Array;

test('films keep their aspect, centred on black, and their outlines go with them', async () => {
  const atlas = await wide();
  const { folder, cases } = await convertCoco({ ...atlas, size, fit: 'letterbox' });
  const place = { left: 0, top: 13, width: 48, height: 21 };
  expect(cases.map((converted) => converted.place)).toEqual([place, { left: 18, top: 0, width: 12, height: 48 }]);
  const image = await dataOf(folder, 'imagesTr', 'tin_0001_0000');
  const read = await readRadiograph(join(atlas.images, 'wide.jpg'), { size, fit: 'letterbox' });
  expect(image).toEqual(read.data);

  const outline = box(10, 5, 40, 20).map((value, i) => value * (i % 2 === 0 ? 48 / 91 : 21 / 40));
  const label = await dataOf(folder, 'labelsTr', 'tin_0001');
  expect(cropToPlacement(label, size, place)).toEqual(decodeRle(polygonsToRle([outline], 21, 48)));
  expect(label.reduce((sum, value) => sum + value, 0)).toBe(cases[0].foregroundPixels);
});

test('an outline that reaches out of its film is not drawn beside it', async () => {
  const { folder, clippedPolygons } = await convertCoco({ ...(await wide()), size, fit: 'letterbox' });
  const label = await dataOf(folder, 'labelsTr', 'tin_0002');
  const columns = new Set([...label.keys()].filter((i) => label[i] === 1).map((i) => i % size.width));
  expect(Math.min(...columns)).toBe(18);
  expect(clippedPolygons).toEqual([{ file: 'high.jpg', annotationId: 2 }]);
});

test('dataset.json and conversion.json say how, and a stretched data set has neither', async () => {
  const atlas = await wide();
  const { folder } = await convertCoco({ ...atlas, size, fit: 'letterbox' });
  const datasetJson = async () => JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8')) as unknown;
  expect(await datasetJson()).toMatchObject({ image_conversion: { fit: 'letterbox', width: 48, height: 48 } });
  expect(await readConversionRecord(folder)).toEqual({
    fit: 'letterbox',
    cases: {
      tin_0001: {
        file: 'wide.jpg',
        sourceWidth: 91,
        sourceHeight: 40,
        place: { left: 0, top: 13, width: 48, height: 21 },
        empty: false,
      },
      tin_0002: {
        file: 'high.jpg',
        sourceWidth: 20,
        sourceHeight: 77,
        place: { left: 18, top: 0, width: 12, height: 48 },
        empty: false,
      },
    },
  });
  await convertCoco({ ...atlas, size });
  expect(await datasetJson()).not.toHaveProperty('image_conversion');
  expect(await readConversionRecord(folder)).toBeUndefined();
});

test.each([
  [91, 40],
  [37, 100],
  [13, 7],
])('a mask of %i x %i letterboxed and brought back differs at its border alone', async (width, height) => {
  const [x, y, w, h] = [2, 2, Math.floor(width / 2), Math.floor(height / 2)];
  const atlas = await tinyAtlas({
    files: { 'film.jpg': await jpegOf(width, height) },
    images: [{ id: 1, file_name: 'film.jpg', width, height }],
    annotations: [{ id: 1, image_id: 1, segmentation: [box(x, y, w, h)] }],
  });
  const { folder } = await convertCoco({ ...atlas, size, fit: 'letterbox' });
  const label = await dataOf(folder, 'labelsTr', 'tin_0001');
  const place = placeInFrame({ width, height }, size, 'letterbox');
  const grey = cropToPlacement(label, size, place).map((value) => value * 255);
  const back = resizeImage(
    { data: grey, width: place.width, height: place.height, channels: 1 },
    { width, height },
    'bilinear',
  ).data;
  // One pixel of the smaller of the two grids.
  const margin = Math.max(1, width / place.width, height / place.height);
  for (const [i, level] of back.entries()) {
    const [column, row] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    const inside = Math.min(column - x, x + w - column, row - y, y + h - row);
    if (Math.abs(inside) > margin) {
      expect([column, row, level > 127]).toEqual([column, row, inside > 0]);
    }
  }
});

test('letterboxed labels go back to annotations in the frame of their films', async () => {
  const { folder, cases } = await convertCoco({ ...(await wide()), size, fit: 'letterbox' });
  const { annotations } = await labelsToCoco({
    labels: join(folder, 'labelsTr'),
    names: join(folder, 'dataset.json'),
    cases,
  });
  const [left, top, width, height] = annotations[0].bbox!;
  expect(Math.abs(left - 10) + Math.abs(top - 5)).toBeLessThan(4);
  expect(Math.abs(width - 40) + Math.abs(height - 20)).toBeLessThan(5);
  const explicit = await labelsToCoco({
    labels: join(folder, 'labelsTr'),
    names: { background: 0, fractured: 1 },
    fit: 'letterbox',
    cases,
  });
  expect(explicit.annotations).toEqual(annotations);
});

test('a film one pixel wide is letterboxed', async () => {
  const atlas = await tinyAtlas({
    files: { 'line.jpg': await jpegOf(1, 200) },
    images: [{ id: 1, file_name: 'line.jpg', width: 1, height: 200 }],
    annotations: [{ id: 1, image_id: 1, segmentation: [box(0, 50, 1, 100)] }],
  });
  const { cases } = await convertCoco({ ...atlas, size, fit: 'letterbox' });
  expect(cases[0]).toMatchObject({ place: { left: 23, top: 0, width: 1, height: 48 }, foregroundPixels: 24 });
});

test.each([
  [{ fit: 'letterbox' }, 'options-invalid'],
  [{ fit: 'letterbox', size: 'native' }, 'options-invalid'],
  [{ fit: 'crop', size }, 'options-invalid'],
] as [Partial<ConvertOptions>, string][])('%j is refused', async (change, code) => {
  await expect(convertCoco({ ...(await wide()), ...change })).rejects.toMatchObject({ code });
});
