import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dicomElement, dicomFilm, patientElements, patientMarks, type DicomElement } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import { convertCoco } from '../src/index.js';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

const [width, height] = [20, 16];

/** A DICOM file of a slope of levels, and of what tells who the patient is. */
const filmOf = (...more: DicomElement[]) =>
  Buffer.from(
    dicomFilm({
      width,
      height,
      levels: Uint16Array.from({ length: width * height }, (_, i) => 100 + i),
      more: [...patientElements(), ...more],
    }),
  );
const spacing = dicomElement('00280030', 'DS', '0.2\\0.15');

const atlasOf = (files: Record<string, Buffer>) =>
  tinyAtlas({
    files,
    images: Object.keys(files).map((file_name, i) => ({ id: i + 1, file_name, width, height })),
    annotations: [{ id: 1, image_id: 1, segmentation: [box(4, 3, 8, 6)] }],
  });

test('a DICOM film becomes a case whose header has the spacing of its pixels, and its label, too', async () => {
  const { folder, cases, warnings } = await convertCoco(await atlasOf({ 'a.dcm': filmOf(spacing) }));
  expect(warnings).toEqual([]);
  expect(cases).toMatchObject([{ file: 'a.dcm', spacing: [0.15, 0.2], foregroundPixels: 48 }]);
  for (const name of ['imagesTr/tin_0001_0000.nii.gz', 'labelsTr/tin_0001.nii.gz']) {
    const { spacing: read, shape } = await readNifti(join(folder, name));
    expect(shape).toEqual([width, height, 1]);
    expect([...read].map((each) => Number(each.toFixed(6)))).toEqual([0.15, 0.2, 1]);
  }
  const { data } = await readNifti(join(folder, 'imagesTr/tin_0001_0000.nii.gz'));
  expect([Math.min(...(data as Uint16Array)), Math.max(...(data as Uint16Array))]).toEqual([0, 65535]);
});

test('a film that is resized has its pixels further apart', async () => {
  const atlas = await atlasOf({ 'a.dcm': filmOf(spacing) });
  const { cases } = await convertCoco({ ...atlas, size: { width: 10, height: 10 }, fit: 'letterbox' });
  expect(cases).toMatchObject([{ spacing: [0.3, 0.4], place: { width: 10, height: 8 } }]);
});

test('where not all films tell their spacing, none is taken, and that is said', async () => {
  const files = { 'a.dcm': filmOf(spacing), 'b.jpg': await jpegOf(width, height) };
  const { folder, cases, warnings } = await convertCoco(await atlasOf(files));
  expect(cases.map((each) => each.spacing)).toEqual([undefined, undefined]);
  expect(warnings).toEqual([
    { file: 'a.dcm', sentence: 'The spacing of the pixels of a.dcm is left out, as not all images tell theirs.' },
  ]);
  expect((await readNifti(join(folder, 'imagesTr/tin_0001_0000.nii.gz'))).spacing).toEqual([1, 1, 1]);
});

test('a DICOM file without an image is skipped as other images that cannot be read', async () => {
  const report = Buffer.from(filmOf().subarray(0, 200));
  const { skipped } = await convertCoco(await atlasOf({ 'a.dcm': filmOf(), 'b.dcm': report }));
  expect(skipped).toMatchObject([{ file: 'b.dcm', reason: expect.stringContaining('DICOM') as unknown }]);
});

test('another window of several', async () => {
  const windows = [dicomElement('00281050', 'DS', '200\\300'), dicomElement('00281051', 'DS', '100\\10')];
  const atlas = await atlasOf({ 'a.dcm': filmOf(...windows) });
  const levelsOf = async (window?: number) => {
    const { folder } = await convertCoco({ ...atlas, window, overwrite: true });
    return [...((await readNifti(join(folder, 'imagesTr/tin_0001_0000.nii.gz'))).data as Uint16Array)];
  };
  const [first, second] = [await levelsOf(), await levelsOf(2)];
  expect(first[250]).toBe(65535);
  expect([second[100], second[250]]).toEqual([0, 65535]);
  expect(first).not.toEqual(second);
  await expect(convertCoco({ ...atlas, window: 0 })).rejects.toMatchObject({ code: 'options-invalid' });
});

test('nothing of the patient enters the data set', async () => {
  const atlas = await atlasOf({ 'a.dcm': filmOf(spacing), 'b.dcm': filmOf().subarray(0, 500) });
  const conversion = await convertCoco({ ...atlas, mapping: join(atlas.output, 'mapping.json') });
  const texts = [JSON.stringify(conversion)];
  for (const entry of await readdir(atlas.output, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      texts.push((entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'), entry.name);
    }
  }
  expect(texts.length).toBeGreaterThan(6);
  for (const mark of Object.values(patientMarks)) {
    expect(texts.filter((text) => text.includes(mark))).toEqual([]);
  }
});
