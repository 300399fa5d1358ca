import { expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';

import { renderReport } from '../src/index.js';
import { sampleReport } from './sample-report.js';

const page = renderReport(sampleReport());
const { document } = parseHTML(page);

test('every section is on the page', () => {
  const ids = [...document.querySelectorAll('section')].map((section) => section.id);
  expect(ids).toEqual(['summary', 'data', 'audit', 'segmentation', 'classification', 'reproduce']);
});

test('the page names no address outside itself and runs no script', () => {
  const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !address.startsWith('#') && !address.startsWith('data:'))).toEqual([]);
  expect(document.querySelectorAll('script')).toHaveLength(0);
});

test('text is escaped', () => {
  expect(document.querySelector('h1')?.textContent).toBe('Fractures <in> "made-up" radiographs');
  expect(page).not.toContain('Fractures <in>');
});

test('measures show their intervals, and a dash where there is no number', () => {
  const cells = [...document.querySelectorAll('#classification td.number')].map((cell) => cell.textContent);
  expect(cells).toContain('0.800 (0.700 to 0.850)');
  expect(cells).toContain('–');
});

test('a measure that one group lacks is a dash there', () => {
  const row = [...document.querySelectorAll('#segmentation tbody tr')].find((tr) => tr.textContent?.includes('IoU'));
  expect(row?.querySelectorAll('td')[0]?.textContent).toBe('–');
});

test('a long list of files says how many more there are', () => {
  expect(document.querySelector('.files')?.textContent).toContain('and 8 more');
});

test('the confusion matrix holds its counts', () => {
  const cells = [...document.querySelectorAll('.confusion td.number')].slice(0, 4).map((cell) => cell.textContent);
  expect(cells).toEqual(['40', '3', '5', '38']);
});

test('it says that it is for research', () => {
  expect(document.querySelector('.caution')?.textContent).toContain('not a medical device');
});

test('the same data give the same bytes', () => {
  expect(renderReport(sampleReport())).toBe(page);
});

test('an empty audit, one epoch and no examples still make a page', () => {
  const data = sampleReport();
  const single = { name: 'fold 0', points: [[0, 0.5]] as const };
  const bare = renderReport({
    ...data,
    audit: [],
    segmentation: { ...data.segmentation, examples: [], trainingCurves: { loss: [single], dice: [] } },
  });
  expect(bare).toContain('The audit found nothing.');
  expect(bare).toContain('<circle');
});

test('a page on which the model can be tried is linked relatively, with the command that serves it', () => {
  const tryout = { href: 'page/index.html', description: 'It has one network.', command: 'npx serve page' };
  const linked = parseHTML(renderReport({ ...sampleReport(), tryout })).document;
  expect(linked.querySelector('#tryout a')?.getAttribute('href')).toBe('page/index.html');
  expect(linked.querySelector('#tryout')?.textContent).toContain('It has one network.');
  expect(linked.querySelector('#tryout code')?.textContent).toBe('npx serve page');
  expect(document.querySelector('#tryout')).toBeNull();
});

test.each(['https://elsewhere.example/', '//elsewhere.example', 'javascript:alert(1)', '/page', ''])(
  'a page at %j is refused',
  (href) => {
    const tryout = { href, description: '', command: '' };
    expect(() => renderReport({ ...sampleReport(), tryout })).toThrow(
      expect.objectContaining({ code: 'report-invalid', message: expect.stringContaining('tryout.href') as unknown }),
    );
  },
);
