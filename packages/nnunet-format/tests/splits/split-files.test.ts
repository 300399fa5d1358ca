import { readFile, writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readSplits, readSplitsIfAny, sharedCases, writeSplits } from '../../src/index.js';
import { fixture, readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

test('splits are read and written byte for byte as the real trainer writes them', async () => {
  const splits = await readSplits(fixture('splits_final.json'));
  expect(splits).toHaveLength(5);
  await writeSplits(at('dataset/splits_final.json'), splits);
  expect(await readFile(at('dataset/splits_final.json'), 'utf8')).toBe(readFixture('splits_final.json'));
});

test('splits that are not there are undefined, or refused', async () => {
  expect(await readSplitsIfAny(at('splits_final.json'))).toBeUndefined();
  await expect(readSplits(at('splits_final.json'))).rejects.toMatchObject({ code: 'splits-missing' });
});

test.each([
  ['[', 'is not a file of splits'],
  ['{}', 'it is not a list of folds'],
  ['[]', 'it is not a list of folds'],
  ['[{"train": ["a"], "val": ["b"]}, {"train": ["a"]}]', 'its entry 1 does not have the lists train and val'],
  ['[null]', 'its entry 0 does not have the lists train and val'],
  ['[{"train": [1], "val": ["b"]}]', 'its entry 0 does not have the lists train and val'],
  ['[{"train": [], "val": ["b"]}]', 'its fold 0 has no cases to train or to validate on'],
])('the file %s is refused: %s', async (text, message) => {
  await writeFile(at('splits_final.json'), text);
  await expect(readSplits(at('splits_final.json'))).rejects.toMatchObject({
    code: 'splits-invalid',
    message: expect.stringContaining(message),
  });
});

test('cases on both sides of a split are found', () => {
  expect(sharedCases({ train: ['c', 'a', 'b'], val: ['b', 'd', 'c', 'b'] })).toEqual(['b', 'c']);
});
