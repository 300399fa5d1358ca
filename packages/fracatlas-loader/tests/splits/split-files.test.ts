import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { checkSplit, groupRecords, holdOut, kFold, readSplit, writeSplit } from '../../src/index.js';
import { fakeRecord } from '../support/fake-records.js';

const records = Array.from({ length: 30 }, (_, i) =>
  fakeRecord(i, i % 3 === 0, { file: i === 4 ? 'od,d "name".jpg' : `${i}.jpg` }),
);
const groups = groupRecords(records);
const split = holdOut(records, { seed: 9, groups });

test.each(['split.json', 'split.csv', 'deep/er/SPLIT.CSV'])('a split comes back from %s as it was', async (name) => {
  const path = join(await temporaryFolder(), name);
  await writeSplit(path, split);
  expect(await readSplit(path)).toEqual(split);
});

test('a split without a seed comes back without one', async () => {
  const { method, fingerprint, parts } = kFold(records, { seed: 1 });
  const official = { method, fingerprint, parts };
  for (const name of ['a.json', 'a.csv']) {
    const path = join(await temporaryFolder(), name);
    await writeSplit(path, official);
    const read = await readSplit(path);
    expect(read).toEqual(official);
    expect('seed' in read).toBe(false);
  }
});

test('the table has one row a file', async () => {
  const path = join(await temporaryFolder(), 'split.csv');
  await writeSplit(path, split);
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(31);
  expect(lines[0]).toBe('file,part,method,seed,fingerprint');
});

test.each([
  ['a.json', '{"method": 1}', 'split-invalid', 'method'],
  ['a.json', '{"method": "x", "fingerprint": "y", "parts": {"train": "a"}}', 'split-invalid', 'part train'],
  ['a.json', '{"method": "x", "fingerprint": "y", "parts": {"train": ["a"], "test": ["a"]}}', 'split-invalid', 'twice'],
  ['a.json', 'text', 'json-invalid', 'a.json'],
  ['a.csv', 'file,part\na,train\n', 'csv-columns', 'fingerprint'],
  ['a.csv', 'file,part,method,seed,fingerprint\n', 'split-invalid', 'no file'],
  ['a.csv', 'file,part,method,seed,fingerprint\na,train,x,1,f\nb,train,x,2,f\n', 'split-invalid', 'row of b'],
  ['a.csv', 'file,part,method,seed,fingerprint\na,train,x,one,f\n', 'split-invalid', 'seed'],
])('%s with %j is refused', async (name, content, code, named) => {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  await expect(readSplit(path)).rejects.toMatchObject({ code, message: expect.stringContaining(named) });
});

test('names that are neither JSON nor CSV and files that are not there are refused', async () => {
  await expect(writeSplit('split.txt', split)).rejects.toMatchObject({ code: 'split-format' });
  await expect(readSplit(join(await temporaryFolder(), 'none.json'))).rejects.toMatchObject({ code: 'file-missing' });
});

test('a split is told from data that it was not made from', () => {
  checkSplit(split, records, groups);
  checkSplit(split, [...records].reverse(), groups);
  const stale = { code: 'split-stale' };
  expect(() => {
    checkSplit(split, records.slice(1), groups);
  }).toThrow(expect.objectContaining(stale));
  expect(() => {
    checkSplit(split, records);
  }).toThrow(expect.objectContaining(stale));
});
