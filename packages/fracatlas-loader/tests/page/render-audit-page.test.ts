import { expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { exploreAtlas, renderAuditPage, type AtlasAudit } from '../../src/index.js';
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
  expect(page).toMatch(/>hand<\/text>.*?>10 \+ 20 \(33 %\)<\/text>/);
});

test('a clean audit says so', () => {
  expect(renderAuditPage({ ...audit, findings: [] }, exploreAtlas({ records, categories: [] }))).toContain(
    'Nothing was found',
  );
});
