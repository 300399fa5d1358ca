import { mkdir } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { datasetFolders, datasetName, nnunetFolder, nnunetFoldersOf } from '../../src/index.js';

const at = useTemporaryFolder();

test('folders are those given, else those of the environment', () => {
  const environment = { nnUNet_raw: '/raw', nnUNet_results: '/results' };
  const folders = nnunetFoldersOf(environment, { raw: 'mine', results: undefined });
  expect(folders).toEqual({ raw: 'mine', preprocessed: undefined, results: '/results' });
  expect(nnunetFolder('results', folders)).toBe('/results');
});

test('a folder that neither names is refused with both ways to name it', () => {
  expect(() => nnunetFolder('preprocessed', nnunetFoldersOf({ nnUNet_preprocessed: '' }))).toThrow(
    expect.objectContaining({
      code: 'folder-unknown',
      message: 'The folder nnUNet_preprocessed is not known.',
      remedy: 'Give --preprocessed DIR, or set the variable nnUNet_preprocessed.',
    }),
  );
});

test('a data set is found by its number in the folders that are asked for', async () => {
  await mkdir(at('raw/Dataset007_Wrist'), { recursive: true });
  await mkdir(at('preprocessed/Dataset007_Wrist'), { recursive: true });
  await mkdir(at('raw/Dataset0071_Other'), { recursive: true });
  const folders = { raw: at('raw'), preprocessed: at('preprocessed') };
  expect(await datasetFolders('7', folders, ['raw', 'preprocessed'])).toEqual({
    name: 'Dataset007_Wrist',
    raw: at('raw/Dataset007_Wrist'),
    preprocessed: at('preprocessed/Dataset007_Wrist'),
  });
  expect(await datasetFolders('Dataset008_New', folders, ['raw'])).toEqual({
    name: 'Dataset008_New',
    raw: at('raw/Dataset008_New'),
  });
});

test('numbers of no or of several data sets, and other texts, are refused', async () => {
  await mkdir(at('raw/Dataset007_Wrist'), { recursive: true });
  await mkdir(at('raw/Dataset007_Hand'), { recursive: true });
  await expect(datasetName('7', [at('raw')])).rejects.toMatchObject({ code: 'dataset-ambiguous' });
  await expect(datasetName('8', [at('raw'), at('none')])).rejects.toMatchObject({ code: 'dataset-unknown' });
  await expect(datasetName('wrist', [at('raw')])).rejects.toMatchObject({ code: 'dataset-unknown' });
});
