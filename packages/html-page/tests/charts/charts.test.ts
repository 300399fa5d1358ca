import { expect, test } from '@jest/globals';
import { barChart, figure, heatMap, histogram, lineChart, type Markup } from '../../src/index.js';

const matches = ({ text }: Markup, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match.slice(1));
const axes = { x: { label: 'epoch' }, y: { label: 'loss' } };

test('a chart says its title to screen readers, escaped, and a figure shows it with a legend', () => {
  const title = 'a < b';
  const drawn = figure(title, lineChart([], { title, ...axes }), [{ name: 'one', colour: '#000000' }]);
  expect(drawn.text).toContain('aria-label="a &lt; b"');
  expect(drawn.text).toMatch(/<figcaption>a &lt; b\s/);
  expect(drawn.text).toMatch(/background: #000000"><\/i>one/);
});

test('a line passes through its finite points, each line in a colour of its own', () => {
  const points = [[0, 1], [1, NaN], [2, 0]] as const; // prettier-ignore
  const drawn = lineChart(
    [
      { name: 'a', points },
      { name: 'b', points },
    ],
    { title: 't', ...axes },
  );
  const lines = matches(drawn, /points="([^"]*)"\s+stroke="([^"]*)"/g);
  expect(lines.map(([corners]) => corners.split(' ').length)).toEqual([2, 2]);
  expect(new Set(lines.map(([, colour]) => colour)).size).toBe(2);
  expect(drawn.text).not.toContain('NaN');
});

test('a line of one point is a dot', () => {
  const drawn = lineChart([{ name: 'a', points: [[0, 0.5]] }], { title: 't', ...axes });
  expect(matches(drawn, /<(circle|polyline)/g)).toEqual([['circle']]);
});

test('a stepped line goes up before it goes along', () => {
  const roc = { name: 'roc', points: [[0, 0], [0.5, 1]] as const, stepped: true }; // prettier-ignore
  const range = [0, 1] as const;
  const x = { label: 'x', range };
  const drawn = lineChart([roc], { title: 't', x, y: { label: 'y', range }, diagonal: true });
  const [corners] = matches(drawn, /points="([^"]*)"/g)[0];
  const [start, corner, end] = corners.split(' ').map((point) => point.split(',').map(Number));
  expect(corner).toEqual([start[0], end[1]]);
  expect(drawn.text).toContain('stroke-dasharray="4 4"');
});

test('lines of the right axis have its scale', () => {
  const points = (scale: number) => [[0, 0], [1, scale]] as const; // prettier-ignore
  const drawn = lineChart(
    [
      { name: 'a', points: points(1) },
      { name: 'b', points: points(1000), side: 'right' },
    ],
    { title: 't', ...axes, right: { label: 'Dice' }, legend: true },
  );
  const [[a], [b]] = matches(drawn, /points="([^"]*)"/g);
  expect(a).toBe(b);
  expect(drawn.text).toContain('>Dice</text>');
  expect(drawn.text).toContain('>b</text>');
});

test('bars are as long as their numbers, parts end to end', () => {
  const drawn = barChart('t', [
    { label: 'hand', parts: [10, 20], note: '10 + 20' },
    { label: 'leg', parts: [15, 0], note: '15' },
  ]);
  const widths = matches(drawn, /width="([\d.]+)"\s+height="16"/g).map(([width]) => Number(width));
  expect(widths[1] / widths[0]).toBeCloseTo(2, 1);
  expect(widths[2] / widths[0]).toBeCloseTo(1.5, 1);
  expect(widths[3]).toBe(0);
  expect(drawn.text).toContain('>10 + 20</text>');
});

test('a histogram counts into bins, the last closed on the right, NaN and values outside left out', () => {
  const drawn = histogram([0, 0.05, 0.1, 1, NaN, 2], { title: 't', x: 'Dice', y: 'cases' });
  const heights = matches(drawn, /<rect[^>]*height="([\d.]+)"/g).map(([height]) => Number(height));
  const unit = heights[9];
  expect(heights.map((height) => Math.round(height / unit))).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('a heat map is darkest where the count is largest', () => {
  const drawn = heatMap('t', [[0, 1], [2, 4]]); // prettier-ignore
  expect(matches(drawn, /fill-opacity="([\d.]+)"/g).flat()).toEqual(['0.000', '0.250', '0.500', '1.000']);
});

test('the same data give the same bytes', () => {
  const draw = () => histogram([0.1, 0.2], { title: 't', x: 'x', y: 'y' }).text;
  expect(draw()).toBe(draw());
});
