import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { orientationOfAffine, writeNifti } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { toRas } from '../../src/dataset/reorient.js';
import { readDataset, readImage, readSegmentation, undoReorientation, type VolumeFile } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

const folder = () => temporaryFolder('read-image-');
const count = (length: number) => Float32Array.from({ length }, (_, i) => i);

test('NIfTI volumes come as z, y, x with their spacing; 4D ones as channels', async () => {
  const file = join(await folder(), 'a.nii.gz');
  await writeNifti(file, { data: count(24), shape: [2, 3, 4], spacing: [0.5, 0.75, 2] });
  const volume = await readImage([file]);
  expect({ shape: volume.shape, spacing: volume.spacing }).toEqual({ shape: [1, 4, 3, 2], spacing: [2, 0.75, 0.5] });
  await writeNifti(file, { data: count(48), shape: [2, 3, 4, 2], spacing: [0.5, 0.75, 2, 1] });
  expect((await readImage([file])).shape).toEqual([2, 4, 3, 2]);
  await expect(readImage([file], { reader: 'NibabelIO' })).rejects.toMatchObject({ code: 'dimensions-unsupported' });
});

test('2D volumes have a first axis 999 times coarser', async () => {
  const file = join(await folder(), 'a.nii.gz');
  await writeNifti(file, { data: count(6), shape: [2, 3], spacing: [0.5, 0.75] });
  expect(await readImage([file])).toMatchObject({ shape: [1, 1, 3, 2], spacing: [749.25, 0.75, 0.5] });
});

test('a reader that reorients turns volumes to RAS, data, spacing and affine', async () => {
  const file = join(await folder(), 'a.nii.gz');
  // Stored x runs to the left, y to the top, z to the front.
  const affine = [
    [-2, 0, 0, 10],
    [0, 0, 4, 20],
    [0, 3, 0, 30],
    [0, 0, 0, 1],
  ] as never;
  await writeNifti(file, { data: count(12), shape: [2, 3, 2], spacing: [2, 3, 4], affine });
  const { data, shape, spacing, affine: turned } = await readImage([file], { reader: 'NibabelIOWithReorient' });
  expect({ shape, spacing }).toEqual({ shape: [1, 3, 2, 2], spacing: [3, 4, 2] });
  // nibabel: as_closest_canonical(...).get_fdata().T of the same file.
  expect(Array.from(data)).toEqual([1, 0, 7, 6, 3, 2, 9, 8, 5, 4, 11, 10]);
  expect(turned!.slice(0, 3)).toEqual([
    [2, 0, 0, 8],
    [0, 4, 0, 20],
    [0, 0, 3, 30],
  ]);
});

test('what a reader turned is turned back, whichever way it lay', () => {
  const shape: VolumeFile['shape'] = [1, 2, 3, 4];
  const axes = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of axes) {
    for (let signs = 0; signs < 8; signs += 1) {
      const affine = [0, 1, 2, 3].map((row) => [0, 0, 0, Number(row === 3)]);
      order.forEach((world, axis) => {
        affine[world][axis] = (signs >> axis) & 1 ? -1 : 1;
      });
      const turned = toRas({ data: count(24), shape, spacing: [1, 1, 1], affine });
      expect(orientationOfAffine(turned.affine!)).toEqual({ axisOf: [0, 1, 2], flipped: [false, false, false] });
      const { labels, shape: stored } = undoReorientation(turned.data, turned.shape.slice(1), affine);
      expect(Array.from(labels)).toEqual(Array.from(count(24)));
      expect(stored).toEqual([2, 3, 4]);
    }
  }
});

test.each(['.png', '.bmp', '.tif'])('pictures %s are read by NaturalImage2DIO, colours as channels', async (ending) => {
  const file = join(await folder(), `a${ending}`);
  await writeImage(file, { data: Uint8Array.from([1, 2, 3, 4, 5, 6]), shape: [1, 2, 3] });
  const { data, shape, spacing } = await readImage([file]);
  expect({ shape, spacing, data: Array.from(data) }).toEqual({
    shape: [3, 1, 1, 2],
    spacing: [999, 1, 1],
    data: [1, 4, 2, 5, 3, 6],
  });
});

test('one file for each channel makes one image', async () => {
  const place = await folder();
  const files = ['a_0000.png', 'a_0001.png'].map((name) => join(place, name));
  for (const [i, file] of files.entries()) {
    await writeImage(file, { data: Uint8Array.of(i, 9), shape: [1, 2] });
  }
  expect(Array.from((await readImage(files)).data)).toEqual([0, 9, 1, 9]);
});

/** A TIFF of two grey pages of 2 x 1 pixels, as tifffile writes an uncompressed stack. */
function tiffStack(): Buffer {
  const pages = [
    [10, 20],
    [30, 40],
  ];
  const tags = 8;
  const pageBytes = 2 + tags * 12 + 4;
  const bytes = Buffer.alloc(8 + 2 * pageBytes + 4);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  pages.forEach((pixels, page) => {
    const start = 8 + page * pageBytes;
    const data = 8 + 2 * pageBytes + page * 2;
    bytes.writeUInt16LE(tags, start);
    const entries = [
      ...[
        [256, 2],
        [257, 1],
        [258, 8],
        [259, 1],
        [262, 1],
        [273, data],
        [278, 1],
        [279, 2],
      ],
    ];
    entries.forEach(([tag, value], i) => {
      const at = start + 2 + i * 12;
      bytes.writeUInt16LE(tag, at);
      bytes.writeUInt16LE(4, at + 2);
      bytes.writeUInt32LE(1, at + 4);
      bytes.writeUInt32LE(value, at + 8);
    });
    bytes.writeUInt32LE(page === 0 ? 8 + pageBytes : 0, start + 2 + tags * 12);
    bytes.set(pixels, data);
  });
  return bytes;
}

test('stacks of TIFF are 3D, with the spacing of the file beside them', async () => {
  const dataset = await rawDataset('.tif', {
    files: { 'imagesTr/a_0000.tif': undefined, 'imagesTr/b_0000.tif': undefined },
    datasetJson: { numTraining: 1 },
  });
  const image = join(dataset, 'imagesTr/a_0000.tif');
  await writeFile(image, tiffStack());
  expect((await readDataset(dataset)).reader).toBe('Tiff3DIO');
  expect(await readImage([image])).toMatchObject({ shape: [1, 2, 1, 2], spacing: [1, 1, 1] });
  await writeFile(join(dataset, 'imagesTr/a.json'), '{"spacing": [3, 0.5, 0.5]}');
  const { data, spacing } = await readImage([image]);
  expect({ data: Array.from(data), spacing }).toEqual({ data: [10, 20, 30, 40], spacing: [3, 0.5, 0.5] });
  await writeFile(join(dataset, 'labelsTr/a.json'), '{"spacing": [3, 0.5]}');
  await writeFile(join(dataset, 'labelsTr/a.tif'), tiffStack());
  await expect(readSegmentation(join(dataset, 'labelsTr/a.tif'))).rejects.toMatchObject({
    code: 'spacing-file-invalid',
  });
});

test('dataset.json may name the files, with variables, and the reader', async () => {
  const dataset = await rawDataset('.nii.gz', {
    datasetJson: {
      modality: { '0': 'CT' },
      channel_names: undefined,
      overwrite_image_reader_writer: 'NibabelIO',
      dataset: {
        second: { images: ['$PLACE/imagesTr/b_0000.nii.gz'], label: '${PLACE}/labelsTr/b.nii.gz' },
        first: { images: ['imagesTr/a_0000.nii.gz'], label: 'labelsTr/a.nii.gz' },
      },
    },
  });
  const { cases, reader, datasetJson } = await readDataset(dataset, { variables: { PLACE: '/elsewhere' } });
  expect(cases.map(({ id }) => id)).toEqual(['first', 'second']);
  expect(cases[0].images).toEqual([join(dataset, 'imagesTr/a_0000.nii.gz')]);
  expect(cases[1]).toMatchObject({
    images: ['/elsewhere/imagesTr/b_0000.nii.gz'],
    label: '/elsewhere/labelsTr/b.nii.gz',
  });
  expect({ reader, channels: datasetJson.channel_names }).toEqual({ reader: 'NibabelIO', channels: { '0': 'CT' } });
});

test.each([
  ['None', 'SimpleITKIO'],
  ['NoSuchReader', 'SimpleITKIO'],
  ['NibabelIOWithReorient', 'NibabelIOWithReorient'],
])('overwrite_image_reader_writer %s means %s', async (asked, expected) => {
  const dataset = await rawDataset('.nii.gz', { datasetJson: { overwrite_image_reader_writer: asked } });
  expect((await readDataset(dataset)).reader).toBe(expected);
});
