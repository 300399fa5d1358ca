import { link, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { convertCoco, labelsToCoco, type ConvertOptions } from '../src/index.js';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await jpegOf(40, 20);
});

const atlas = () =>
  tinyAtlas({
    files: { 'a.jpg': jpeg },
    images: [{ id: 1, file_name: 'a.jpg', width: 40, height: 20 }],
    annotations: [{ id: 1, image_id: 1, segmentation: [box(4, 4, 8, 8)] }],
  });

test.each([
  [{ labels: ['fractured'] }, 'labels-invalid'],
  [{ labels: { bone: 'fractured' } }, 'labels-invalid'],
  [{ regions: { bone: [1] } }, 'labels-invalid'],
  [{ labels: null }, 'labels-invalid'],
  [{ format: 'dicom' }, 'options-invalid'],
  [{ damaged: 'repair' }, 'options-invalid'],
  [{ rasterAt: 'half' }, 'options-invalid'],
  [{ crowds: true }, 'options-invalid'],
  [{ trainFiles: 'a.jpg' }, 'options-invalid'],
  [{ testFiles: [7] }, 'options-invalid'],
  [{ channelName: '' }, 'options-invalid'],
  [{ datasetName: 5 }, 'options-invalid'],
  [{ images: undefined }, 'options-invalid'],
  [{ normals: 'all' }, 'options-invalid'],
  [{ normals: [{ file: 'a' }] }, 'options-invalid'],
  [{ normals: [{ file: 'a', path: 'a', set: 'val' }] }, 'options-invalid'],
])('the option %j is refused by name', async (change, code) => {
  const refused = convertCoco({ ...(await atlas()), ...(change as Partial<ConvertOptions>) });
  await expect(refused).rejects.toMatchObject({ name: 'CocoToNiftiError', code });
  await expect(refused).rejects.toThrow(Object.keys(change)[0]);
});

test('the mapping does not take the place of the annotations or of an image, whatever its name', async () => {
  const given = await atlas();
  const before = await readFile(given.annotations);
  await expect(convertCoco({ ...given, mapping: given.annotations })).rejects.toMatchObject({
    code: 'output-is-input',
  });
  const other = join(given.output, '..', 'other.json');
  await symlink(given.annotations, other);
  await expect(convertCoco({ ...given, mapping: other })).rejects.toMatchObject({ code: 'output-is-input' });
  const twin = join(given.output, '..', 'twin.json');
  await link(join(given.images, 'a.jpg'), twin);
  await expect(convertCoco({ ...given, mapping: twin })).rejects.toMatchObject({ code: 'output-is-input' });
  expect(await readFile(given.annotations)).toEqual(before);
  expect(await readFile(twin)).toEqual(jpeg);
});

test('images are not converted into the folder that they lie in', async () => {
  const given = await atlas();
  const { folder } = await convertCoco({ ...given, format: 'png' });
  const again = { ...given, images: join(folder, 'imagesTr'), overwrite: true };
  await expect(convertCoco(again)).rejects.toMatchObject({ code: 'output-is-input' });
});

test('annotations made of labels do not take the place of dataset.json', async () => {
  const { folder } = await convertCoco(await atlas());
  const names = join(folder, 'dataset.json');
  const before = await readFile(names);
  await expect(labelsToCoco({ labels: join(folder, 'labelsTr'), names, output: names })).rejects.toMatchObject({
    code: 'output-is-input',
  });
  expect(await readFile(names)).toEqual(before);
});

test.each([
  undefined,
  {},
  { labels: '' },
  { names: null },
  { names: ['a'] },
  { fit: 'crop' },
  { objects: 'all' },
  { segmentation: 'mask' },
  { minPixels: NaN },
  { minPixels: -1 },
  { minPixels: 1.5 },
  { minPixels: '2' },
  { output: 5 },
  { cases: 'all' },
])('labelsToCoco refuses %j by name', async (change) => {
  const sound = { labels: 'labelsTr', names: { background: 0, a: 1 } };
  const options = change === undefined || Object.keys(change).length === 0 ? change : { ...sound, ...change };
  await expect(labelsToCoco(options as never)).rejects.toMatchObject({
    code: 'options-invalid',
    message: expect.stringContaining(Object.keys(change ?? {})[0] ?? 'labels') as unknown,
  });
});

test.each([undefined, null, 7, 'large'])('convertCoco refuses the size %j, and options that are none', async (size) => {
  const given = await atlas();
  if (size !== undefined) {
    await expect(convertCoco({ ...given, size } as never)).rejects.toMatchObject({ code: 'options-invalid' });
  }
  await expect(convertCoco(size as never)).rejects.toMatchObject({ code: 'options-invalid' });
});
