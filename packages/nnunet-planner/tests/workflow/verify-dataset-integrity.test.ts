import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { verifyDatasetIntegrity } from '../../src/index.js';
import { rawDataset, type RawFiles } from '../raw-dataset.js';

const pixels = (value: number) => ({ size: [6, 5], data: new Uint8Array(30).fill(value) });
const voxels = (value: number, size = [6, 5, 1]) => ({
  size,
  data: new Uint8Array(size.reduce((product, extent) => product * extent, 1)).fill(value),
});

interface UserError extends RawFiles {
  what: string;
  ending?: string;
  code: string;
  /** In the message. */
  says: string[];
  remedy: string | RegExp;
}

const errors: UserError[] = [
  {
    what: 'dataset.json with a comma too many',
    datasetJson: '{"labels": {"background": 0},}',
    code: 'dataset-json-invalid',
    says: ['dataset.json', 'is not JSON'],
    remedy: 'comma',
  },
  {
    what: 'dataset.json of version 1',
    datasetJson: JSON.stringify({
      modality: { '0': 'CT' },
      labels: { '0': 'background' },
      training: [],
      numTraining: 2,
    }),
    code: 'dataset-json-invalid',
    says: ['lacks channel_names, file_ending'],
    remedy: 'rename modality to channel_names, turn labels into name: number, add file_ending',
  },
  {
    what: 'modality, the old name',
    datasetJson: { channel_names: undefined, modality: { '0': 'CT' } },
    code: 'dataset-json-invalid',
    says: ['lacks channel_names'],
    remedy: 'Rename modality',
  },
  {
    what: 'a missing key',
    datasetJson: { numTraining: undefined },
    code: 'dataset-json-invalid',
    says: ['lacks numTraining', 'channel_names, labels, file_ending'],
    remedy: 'Add numTraining',
  },
  {
    what: 'reversed labels',
    datasetJson: { labels: { '0': 'background', '1': 'fracture' } },
    code: 'dataset-json-invalid',
    says: ['number: name'],
    remedy: 'the other way round',
  },
  {
    what: 'labels as text',
    datasetJson: { labels: { background: '0', fracture: '1' } },
    code: 'dataset-json-invalid',
    says: ['numbers as text'],
    remedy: 'no quotation marks',
  },
  {
    what: 'channel names as a list',
    datasetJson: { channel_names: ['CT'] },
    code: 'dataset-json-invalid',
    says: ['channel_names is ["CT"]'],
    remedy: '{"0": "X-ray"}',
  },
  {
    what: 'an ending without its dot',
    datasetJson: { file_ending: 'png' },
    code: 'dataset-json-invalid',
    says: ['file_ending is "png"'],
    remedy: 'begins with a dot',
  },
  {
    what: 'an ending that the files do not have',
    datasetJson: { file_ending: '.nii.gz' },
    code: 'count-mismatch',
    says: ['there are 0 cases', '.nii.gz', '2 files end in .png'],
    remedy: 'Set file_ending',
  },
  {
    what: 'JPEG',
    ending: '.jpg',
    code: 'reader-unknown',
    says: ['.jpg'],
    remedy: 'convert images and labels to PNG',
  },
  {
    what: 'a wrong numTraining',
    datasetJson: { numTraining: 3 },
    code: 'count-mismatch',
    says: ['numTraining is 3', '2 cases', 'a, b'],
    remedy: 'Set numTraining to 2',
  },
  {
    what: 'images without their channel',
    files: { 'imagesTr/patient17.png': pixels(1) },
    code: 'channel-suffix-missing',
    says: ['patient17.png'],
    remedy: 'CASE_0000.png',
  },
  {
    what: 'labels with a channel',
    files: { 'labelsTr/a.png': undefined, 'labelsTr/a_0000.png': pixels(1) },
    code: 'labels-missing',
    says: ['labelsTr/a.png'],
    remedy: 'rename CASE_0000 to CASE',
  },
  {
    what: 'labels of another ending',
    ending: '.nii.gz',
    files: { 'labelsTr/a.nii.gz': undefined, 'labelsTr/a.nii': voxels(1) },
    code: 'labels-missing',
    says: ['labelsTr/a.nii.gz'],
    remedy: 'the same ending as images, .nii.gz',
  },
  {
    what: 'a missing label',
    files: { 'labelsTr/b.png': undefined },
    code: 'labels-missing',
    says: ['labelsTr/b.png'],
    remedy: 'Every case of imagesTr needs a label',
  },
  {
    what: 'no background',
    datasetJson: { labels: { Background: 0, fracture: 1 } },
    code: 'labels-invalid',
    says: ['no label "background" among Background, fracture'],
    remedy: 'small letters',
  },
  {
    what: 'a gap between labels',
    datasetJson: { labels: { background: 0, fracture: 255 } },
    code: 'labels-invalid',
    says: ['0, 255'],
    remedy: 'becomes one of 0 and 1',
  },
  {
    what: 'an ignore label that is not the last',
    datasetJson: { labels: { background: 0, ignore: 1, fracture: 2 } },
    code: 'labels-invalid',
    says: ['the labels are 0, 2'],
    remedy: 'without a gap',
  },
  {
    what: 'an ignore label beyond the last',
    datasetJson: { labels: { background: 0, fracture: 1, ignore: 255 } },
    code: 'labels-invalid',
    says: ['"ignore" is 255'],
    remedy: 'must be the whole number 2',
  },
  {
    what: 'regions without their order',
    datasetJson: { labels: { background: 0, bone: [1, 2], fracture: 2 } },
    code: 'labels-invalid',
    says: ['regions_class_order is undefined for 2 foreground regions'],
    remedy: 'one label for each foreground region',
  },
  {
    what: 'files of "dataset" that are not there',
    datasetJson: { numTraining: 1, dataset: { a: { images: ['elsewhere/a_0000.png'], label: 'labelsTr/a.png' } } },
    code: 'images-missing',
    says: ['elsewhere/a_0000.png'],
    remedy: 'absolute, or start from',
  },
  {
    what: 'a "dataset" that is a list',
    datasetJson: { dataset: [{ image: 'a' }] },
    code: 'dataset-json-invalid',
    says: ['does not name the files'],
    remedy: '"images"',
  },
  {
    what: 'a mask of 0 and 255',
    files: { 'labelsTr/a.png': pixels(255) },
    code: 'cases-invalid',
    says: ['1 fault', 'labelsTr/a.png: unexpected labels 255; expected 0, 1', 'must become one of 0 and 1'],
    remedy: 'Correct these cases',
  },
  {
    what: 'a label in RGB',
    files: { 'labelsTr/a.png': { size: [6, 5, 3] } },
    code: 'cases-invalid',
    says: ['labelsTr/a.png: has 3 channels', 'Save it in grey'],
    remedy: /./,
  },
  {
    what: 'labels interpolated between',
    ending: '.nii.gz',
    files: { 'labelsTr/a.nii.gz': { size: [6, 5, 1], data: new Float32Array(30).fill(0.5) } },
    code: 'cases-invalid',
    says: ['unexpected labels 0.5', 'by the nearest neighbour'],
    remedy: /./,
  },
  {
    what: 'a picture with alpha',
    files: { 'imagesTr/b_0000.png': { size: [6, 5, 4] } },
    datasetJson: { channel_names: { '0': 'R', '1': 'G', '2': 'B' } },
    code: 'cases-invalid',
    says: ['b: has 4 channels, dataset.json names 3', 'without alpha'],
    remedy: /./,
  },
  {
    what: 'RGB where one channel is named',
    files: { 'imagesTr/b_0000.png': { size: [6, 5, 3] } },
    code: 'cases-invalid',
    says: ['b: has 3 channels, dataset.json names 1', 'save it in grey, or name three channels'],
    remedy: /./,
  },
  {
    what: 'a channel that is missing for one case',
    ending: '.nii.gz',
    datasetJson: { channel_names: { '0': 'T1', '1': 'T2' } },
    files: { 'imagesTr/a_0001.nii.gz': voxels(3) },
    code: 'cases-invalid',
    says: ['b: has 1 channel, dataset.json names 2', '_0000 to _0001'],
    remedy: /./,
  },
  {
    what: 'a 4D image',
    ending: '.nii.gz',
    files: { 'imagesTr/a_0000.nii.gz': voxels(1, [6, 5, 1, 4]) },
    code: 'cases-invalid',
    says: ['a: has 4 channels', 'is 4D: write one 3D file for each channel'],
    remedy: /./,
  },
  {
    what: 'a 4D image for nibabel',
    ending: '.nii',
    files: { 'imagesTr/a_0000.nii': voxels(1, [6, 5, 2, 4]) },
    code: 'cases-invalid',
    says: ['a_0000.nii has 4 dimensions (6 x 5 x 2 x 4)', 'Write one 3D file for each channel'],
    remedy: /./,
  },
  {
    what: 'channels of different sizes',
    ending: '.nii.gz',
    datasetJson: { channel_names: { '0': 'T1', '1': 'T2' }, numTraining: 1 },
    files: {
      'imagesTr/a_0001.nii.gz': voxels(1, [6, 5, 2]),
      'imagesTr/b_0000.nii.gz': undefined,
    },
    code: 'cases-invalid',
    says: ['a_0001.nii.gz has shape 2 x 5 x 6', 'All channels of a case must lie on the same grid'],
    remedy: /./,
  },
  {
    what: 'a label of another size',
    files: { 'labelsTr/a.png': { size: [5, 6] } },
    code: 'cases-invalid',
    says: ['a: the image has 1 x 5 x 6 voxels, its label 1 x 6 x 5'],
    remedy: /./,
  },
  {
    what: 'a label of another spacing',
    ending: '.nii.gz',
    files: { 'labelsTr/a.nii.gz': { ...voxels(1), spacing: [0.5, 0.5, 1] } },
    code: 'cases-invalid',
    says: ['a: the image has spacing 1, 1, 1, its label 1, 0.5, 0.5', 'Copy the header'],
    remedy: /./,
  },
  {
    what: 'NaN in an image',
    ending: '.nii.gz',
    files: { 'imagesTr/a_0000.nii.gz': { size: [6, 5, 1], data: new Float32Array(30).fill(Number.NaN) } },
    code: 'cases-invalid',
    says: ['a_0000.nii.gz: holds NaN'],
    remedy: /./,
  },
  {
    what: 'NaN in a label',
    ending: '.nii.gz',
    files: { 'labelsTr/a.nii.gz': { size: [6, 5, 1], data: new Float32Array(30).fill(Number.NaN) } },
    code: 'cases-invalid',
    says: ['a.nii.gz: holds NaN'],
    remedy: /./,
  },
  {
    what: 'a label with alpha',
    files: { 'imagesTr/a_0000.png': undefined, 'labelsTr/b.png': { size: [6, 5, 4] } },
    datasetJson: { numTraining: 1 },
    code: 'cases-invalid',
    says: ['labelsTr/b.png: has 4 channels'],
    remedy: /./,
  },
];

test.each(errors)('$what is named, with its remedy', async ({ ending = '.png', code, says, remedy, ...files }) => {
  const folder = await rawDataset(ending, files);
  const error = (await verifyDatasetIntegrity({ folder }).catch((reason: unknown) => reason)) as Record<string, string>;
  expect(error).toMatchObject({ code });
  for (const part of says) {
    expect(error.message).toContain(part);
  }
  expect(error.remedy).toEqual(
    remedy instanceof RegExp ? expect.stringMatching(remedy) : expect.stringContaining(remedy),
  );
});

test.each([
  ['dataset.json', 'dataset-json-missing'],
  ['imagesTr', 'folder-missing'],
  ['labelsTr', 'folder-missing'],
])('a missing %s is named', async (name, code) => {
  const folder = await rawDataset('.png');
  await rm(join(folder, name), { recursive: true });
  await expect(verifyDatasetIntegrity({ folder })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(name),
  });
});

test('image and label that lie differently in space are a warning only', async () => {
  const affine = [
    [1, 0, 0, 40],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ] as [number[], number[], number[], number[]];
  const folder = await rawDataset('.nii.gz', { files: { 'labelsTr/a.nii.gz': { ...voxels(1), affine } } });
  const { cases, warnings } = await verifyDatasetIntegrity({ folder });
  expect(cases).toBe(2);
  expect(warnings).toEqual([expect.stringContaining('a: image and label have different origins')]);
});

test('a damaged file is a fault of its case, and the others are checked all the same', async () => {
  const folder = await rawDataset('.nii.gz', {
    files: { 'labelsTr/b.nii.gz': voxels(7) },
  });
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(folder, 'imagesTr/a_0000.nii.gz'), 'no gzip at all');
  await expect(verifyDatasetIntegrity({ folder })).rejects.toMatchObject({
    message: expect.stringMatching(/2 faults[^]*a_0000\.nii\.gz[^]*unexpected labels 7/),
  });
});
