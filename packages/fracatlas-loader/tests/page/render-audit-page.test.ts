import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  duplicateThumbnails,
  exploreAtlas,
  renderAuditPage,
  type AtlasAudit,
  type DuplicatePair,
} from '../../src/index.js';
import { fakeRecord } from '../support/fake-records.js';

const records = Array.from({ length: 30 }, (_, i) => fakeRecord(i, i % 3 === 0));
const audit: AtlasAudit = {
  images: 30,
  fractured: 10,
  normal: 20,
  findings: [
    {
      code: 'damaged-image',
      severity: 'error',
      title: 'Damaged <images>',
      explanation: 'Leave them & others out.',
      count: 300,
      files: Array.from({ length: 300 }, (_, i) => `<b>${i}</b>.jpg`),
      details: [],
    },
  ],
  damaged: [],
  rotated: [],
  duplicateGroups: [],
  duplicatePairs: [],
  studies: [],
  splits: ['official'],
};
const page = renderAuditPage(audit, exploreAtlas({ records, categories: [] }));

test('the page is whole and asks for nothing from elsewhere', () => {
  expect(page.startsWith('<!doctype html>')).toBe(true);
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
  expect(page).toContain('not a medical device');
  const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length);
  const problems: string[] = [];
  const main = new DOMParser({ onError: (_, message) => void problems.push(message) }).parseFromString(
    body,
    'text/xml',
  );
  expect(problems).toEqual([]);
  expect(main.getElementsByTagName('svg').length).toBeGreaterThanOrEqual(10);
});

test('names of files are text, never markup, and long lists are cut with their number', () => {
  expect(page).toContain('&lt;b&gt;7&lt;/b&gt;.jpg');
  expect(page).not.toContain('<b>7</b>');
  expect(page).toContain('Damaged &lt;images&gt;: 300');
  expect(page).toContain('and 100 more, in audit.json');
});

test('bars carry their numbers', () => {
  expect(page).toMatch(/>hand<\/text>.*?>10 \+ 20 \(33 %\)<\/text>/s);
});

test('duplicates stand side by side, those with both labels first, no more than asked for', async () => {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  const files = records.slice(0, 4).map(({ file }) => file);
  for (const [i, file] of files.entries()) {
    await sharp({ create: { width: 600, height: 300 + i, channels: 3, background: '#777' } }).toFile(
      join(folder, file),
    );
  }
  await writeFile(join(folder, files[3]), 'no image');
  const pairOf = (a: number, b: number, kind: DuplicatePair['kind']): DuplicatePair => ({
    files: [files[a], files[b]],
    kind,
    placement: 'mirrored',
    distanceBits: 7,
    correlation: 0.9,
  });
  const duplicatePairs = [pairOf(1, 2, 'exact'), pairOf(0, 3, 'near'), pairOf(1, 3, 'near'), pairOf(2, 3, 'near')];
  const here = records.map((record) => ({ ...record, path: join(folder, record.file) }));
  const found = { ...audit, duplicatePairs };
  const thumbnails = await duplicateThumbnails({ records: here }, found, { most: 3 });
  // Records 0 and 3 have a fracture: the pairs of 0 and 3, and of 1 and 2, agree.
  expect(thumbnails.pairs.map(({ files: pair }) => pair.map((file) => files.indexOf(file)))).toEqual([
    [1, 3],
    [2, 3],
    [1, 2],
  ]);
  expect([...thumbnails.pictures.keys()].sort()).toEqual([files[1], files[2]]);
  const small = Buffer.from(thumbnails.pictures.get(files[1])!.split(',')[1], 'base64');
  expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 200, height: 100 });

  const shown = renderAuditPage(found, exploreAtlas({ records, categories: [] }), { thumbnails });
  expect(shown.match(/<img /g)).toHaveLength(4);
  expect(shown).not.toMatch(/src="(?!data:image\/jpeg;base64,)/);
  expect(shown).toContain('3 of 4 pairs');
  expect(shown.match(/both-labels">/g)).toHaveLength(2);
  expect(shown).toContain('cannot be decoded');
  expect(shown).toContain(`${files[1]} = ${files[2]}`);
});

test('a clean audit says so', () => {
  expect(renderAuditPage({ ...audit, findings: [] }, exploreAtlas({ records, categories: [] }))).toContain(
    'Nothing was found',
  );
});
