import { expect, test } from '@jest/globals';
import {
  confusionMatrix,
  dice,
  evaluateSegmentation,
  rocCurve,
  RunningStatistics,
  toCsv,
  toMarkdown,
  toTable,
  wilsonInterval,
} from '../../src/index.js';

test('one result is a row for each value', () => {
  const score = dice({ reference: [1, 0, 1], prediction: [1, 0, 0] });
  expect(toCsv(score)).toBe(`metric,value\r\nvalue,${2 / 3}\r\nconvention,nnunet\r\nemptyMask,none\r\n`);
  expect(toMarkdown(score)).toBe(
    '| metric | value |\n| --- | --- |\n| value | 0.6667 |\n| convention | nnunet |\n| emptyMask | none |\n',
  );
});

test('results by label are a row each, their parts columns', () => {
  const { labels } = evaluateSegmentation({
    reference: [0, 1, 2, 2],
    prediction: [0, 1, 1, 2],
    shape: [2, 2],
    labels: [1, [1, 2]],
  });
  const { columns, rows } = toTable(labels);
  expect(columns).toContain('hausdorff.95.symmetric');
  expect(columns).toContain('surfaceDice.1.symmetric');
  expect(rows.map(([name]) => name)).toEqual(['1', '(1, 2)']);
  expect(toCsv(labels)).toContain('"(1, 2)"');
});

test('a list of results has a column for all that any of them has', () => {
  expect(toCsv([{ a: 1 }, { b: NaN, c: { d: 'x' } }])).toBe('a,b,c.d\r\n1,,\r\n,NaN,x\r\n');
});

test('curves, matrices, intervals and statistics are tables too', () => {
  const curve = rocCurve({ labels: [0, 1, 1], scores: [0.1, 0.4, 0.8] });
  expect(toTable(curve).columns).toEqual(Object.keys(curve));
  expect(toTable(confusionMatrix({ labels: [0, 1], predictions: [0, 1] }))).toEqual({
    columns: ['0', '1'],
    rows: [
      [1, 0],
      [0, 1],
    ],
  });
  expect(toTable(wilsonInterval({ successes: 3, trials: 9 })).columns).toEqual(['metric', 'value']);
  const statistics = new RunningStatistics();
  statistics.add({ dice: 0.25 });
  expect(toMarkdown(statistics.summary())).toContain('| dice | 1 | 0 | 0.25 |');
  expect(toTable([1, 2])).toEqual({ columns: ['value'], rows: [[1], [2]] });
  expect(toTable(Float64Array.of(1, 2))).toEqual({ columns: ['value'], rows: [[1], [2]] });
});

test('signs that tables use are escaped', () => {
  expect(toCsv([{ file: 'a,"b"\n' }])).toBe('file\r\n"a,""b""\n"\r\n');
  expect(toMarkdown([{ file: 'a|b\n' }])).toBe('| file |\n| --- |\n| a\\|b<br> |\n');
});
