import { expect, test } from '@jest/globals';
import { renderSearchReport, type SearchReportData } from '../../src/index.js';

const data: SearchReportData = {
  title: 'Search of <settings>',
  summary: ['The best of 3 points is point 2.'],
  measure: 'mean AUC of the folds',
  settings: [{ name: 'learningRate', log: true }, { name: 'network' }],
  points: [
    { point: 2, values: [0.01, 'resnet18'], score: 0.81, interval: [0.7, 0.92] },
    { point: 0, values: [0.001, 'resnet50'], score: 0.72 },
    { point: 1, values: [1, undefined], score: undefined, remark: 'The loss is not finite.' },
  ],
  facts: [{ label: 'Inner folds', value: '3' }],
  command: 'fractura search space.yaml',
};

test('the page has every point with its score, interval or remark, and the best first', () => {
  const page = renderSearchReport(data);
  expect(page).toContain('Search of &lt;settings&gt;');
  for (const text of [
    '0.8100',
    '0.7000 to 0.9200',
    'The loss is not finite.',
    'fractura search space.yaml',
    'Inner folds',
  ]) {
    expect(page).toContain(text);
  }
  expect(page.indexOf('0.8100')).toBeLessThan(page.indexOf('0.7200'));
  expect(page).not.toMatch(/NaN|undefined/);
});

test('both plots have the points that were scored, each setting one of its own', () => {
  const page = renderSearchReport(data);
  expect(page.match(/<polyline/g)).toHaveLength(2);
  expect(page.match(/<circle/g)).toHaveLength(4);
  expect(page).toContain('Score by learningRate');
  expect(page).toContain('Score by network');
});

test('where nothing was scored the page says so', () => {
  const page = renderSearchReport({ ...data, points: data.points.slice(2) });
  expect(page).toContain('No point was scored.');
});
