import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import { convertCoco, listNormalImages, readConversionRecord } from '../src/index.js';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await jpegOf(40, 20);
});

const atlas = () =>
  tinyAtlas({
    files: { 'a.jpg': jpeg, 'b.jpg': jpeg, 'c.jpg': jpeg },
    images: ['a', 'b', 'c'].map((name, i) => ({ id: 10 + i, file_name: `${name}.jpg`, width: 40, height: 20 })),
    annotations: [{ id: 1, image_id: 10, segmentation: [box(4, 4, 8, 8)] }],
  });

/** A folder `normal` with a sound film, one below it under the same name, a damaged one, and a macOS shadow. */
async function normalFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'normal');
  await mkdir(join(folder, 'more'), { recursive: true });
  await writeFile(join(folder, 'a.jpg'), jpeg);
  await writeFile(join(folder, 'more', 'a.jpg'), jpeg);
  await writeFile(join(folder, 'cut.jpg'), jpeg.subarray(0, jpeg.length - 12));
  await writeFile(join(folder, '._a.jpg'), 'shadow');
  return folder;
}

test('a folder’s images become cases with empty labels, numbered after the others; damaged ones are listed', async () => {
  const normals = await listNormalImages(await normalFolder());
  const mapping = join(await temporaryFolder(), 'cases.json');
  const { folder, cases, skipped } = await convertCoco({ ...(await atlas()), trainFiles: ['a.jpg'], normals, mapping });
  expect(cases.map(({ case: name, file, imageId, normal }) => [name, file, imageId, normal])).toEqual([
    ['tin_0001', 'a.jpg', 10, false],
    ['tin_0002', 'normal/a.jpg', 13, true],
    ['tin_0004', 'normal/more/a.jpg', 15, true],
  ]);
  expect(skipped.map(({ file }) => file)).toEqual(['normal/cut.jpg']);
  expect(JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))).toMatchObject({ numTraining: 3 });
  const { data, shape } = await readNifti(join(folder, 'labelsTr', 'tin_0002.nii.gz'));
  expect(shape).toEqual([40, 20, 1]);
  expect(new Set(data as Uint8Array)).toEqual(new Set([0]));
  const record = await readConversionRecord(folder);
  expect(Object.entries(record!.cases).map(([name, { empty }]) => [name, empty])).toEqual([
    ['tin_0001', false],
    ['tin_0002', true],
    ['tin_0004', true],
  ]);
});

test('a list’s paths start from the list, and each may be for test', async () => {
  const folder = await normalFolder();
  await writeFile(join(folder, '..', 'list.txt'), '\uFEFFnormal/a.jpg\r\n\r\nnormal\\more\\a.jpg\r\n');
  const listed = await listNormalImages(join(folder, '..', 'list.txt'));
  expect(listed.map(({ file }) => file)).toEqual(['normal/a.jpg', 'normal/more/a.jpg']);
  const { folder: dataset, cases } = await convertCoco({
    ...(await atlas()),
    trainFiles: ['a.jpg'],
    normals: [{ ...listed[0], set: 'test' }],
  });
  expect(cases.map(({ set }) => set)).toEqual(['train', 'test']);
  expect(await readdir(join(dataset, 'labelsTs'))).toEqual(['tin_0002.nii.gz']);
});

test('images of the COCO file that have no annotation follow those that are listed', async () => {
  const { cases } = await convertCoco({
    ...(await atlas()),
    trainFiles: ['a.jpg'],
    testFiles: ['c.jpg'],
    normals: 'annotations',
  });
  expect(cases.map(({ file, set, normal }) => [file, set, normal])).toEqual([
    ['a.jpg', 'train', false],
    ['c.jpg', 'test', true],
    ['b.jpg', 'train', true],
  ]);
});

test('an image that the COCO file has, too, is not taken as normal', async () => {
  const given = await atlas();
  const normals = [{ file: 'other/a.jpg', path: join(given.images, 'a.jpg') }];
  await expect(convertCoco({ ...given, normals })).rejects.toMatchObject({
    code: 'image-listed-twice',
    message: 'other/a.jpg is given as normal and is a.jpg of the COCO file, too.',
  });
  await expect(convertCoco({ ...given, normals: [{ file: 'a.jpg', path: '/elsewhere/a.jpg' }] })).rejects.toMatchObject(
    { code: 'image-listed-twice' },
  );
});

test('a source that names no image is refused', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'film.jpg'), jpeg);
  for (const source of [join(folder, 'absent'), join(folder, 'film.jpg')]) {
    await expect(listNormalImages(source)).rejects.toMatchObject({ code: 'normals-unreadable' });
  }
  await mkdir(join(folder, 'none'));
  await expect(listNormalImages(join(folder, 'none'))).rejects.toMatchObject({ code: 'normals-unreadable' });
});
