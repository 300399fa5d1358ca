import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readAnySplit } from '../../src/splits/read-any-split.js';

const records = ['a', 'b', 'c'].map((id) => ({ id, file: `${id}.jpg` }));
const cases = new Map([
  ['fra_0001', 'a.jpg'],
  ['fra_0002', 'b.jpg'],
]);

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'lists'));
  await writeFile(join(folder, 'lists', 'train.csv'), 'image_id\r\na.jpg\r\nb.jpg\r\n');
  await writeFile(join(folder, 'lists', 'valid.txt'), 'c\n');
});

const given = async (name: string, content: string) => {
  await writeFile(join(folder, name), content);
  return readAnySplit(join(folder, name), { records, cases });
};

test('lists by part in JSON; a file may be in two parts or unknown', async () => {
  expect(await given('own.json', '{"train": ["a.jpg", "images/b.jpg"], "test": ["a", "z.jpg"]}')).toEqual([
    { name: 'own', parts: { train: ['a.jpg', 'b.jpg'], test: ['a.jpg', 'z.jpg'] } },
  ]);
});

test('what writeSplit wrote', async () => {
  const split = { method: 'hold-out', seed: 1, fingerprint: 'f', parts: { train: ['a.jpg'], test: ['b.jpg'] } };
  expect(await given('written.json', JSON.stringify(split))).toEqual([{ name: 'written', parts: split.parts }]);
});

test("nnU-Net's splits_final.json is one split a fold, its cases traced to images", async () => {
  const folds = [
    { train: ['fra_0001'], val: ['fra_0002'] },
    { train: ['fra_0002'], val: ['fra_0001'] },
  ];
  expect(await given('splits_final.json', JSON.stringify(folds))).toEqual([
    { name: 'splits_final fold 0', parts: { train: ['a.jpg'], val: ['b.jpg'] } },
    { name: 'splits_final fold 1', parts: { train: ['b.jpg'], val: ['a.jpg'] } },
  ]);
});

test('a table with columns of other names', async () => {
  expect(await given('table.csv', 'Split,label,Image_ID\ntrain,1,a\ntest,0,b.jpg\ntest,0,a\n')).toEqual([
    { name: 'table', parts: { train: ['a.jpg'], test: ['b.jpg', 'a.jpg'] } },
  ]);
});

test('a folder of lists', async () => {
  expect(await readAnySplit(join(folder, 'lists'), { records })).toEqual([
    { name: 'lists', parts: { train: ['a.jpg', 'b.jpg'], valid: ['c.jpg'] } },
  ]);
});

test.each([
  ['number.json', '3', 'split-invalid', /holds 3 where lists by part belong/],
  ['words.json', '{"train": "a.jpg"}', 'split-invalid', /part train is "a.jpg"/],
  ['torn.json', '{', 'json-invalid', /torn.json/],
  ['other.csv', 'name,value\na,1\n', 'split-invalid', /its columns are name, value/],
  ['empty.csv', '', 'split-invalid', /its columns are none/],
  ['text.txt', 'a.jpg', 'split-invalid', /neither JSON, nor CSV, nor a folder/],
])('%s is refused', async (name, content, code, message) => {
  const reading = given(name, content);
  await expect(reading).rejects.toMatchObject({ code });
  await expect(reading).rejects.toThrow(message);
});
