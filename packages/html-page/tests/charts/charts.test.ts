import { expect, test } from '@jest/globals';
import {
  barChart,
  figure,
  heatMap,
  histogram,
  intervalPlot,
  lineChart,
  parallelCoordinates,
  type Markup,
} from '../../src/index.js';

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

const coordinates = (drawn: Markup) =>
  matches(drawn, /points="([^"]*)"/g).map(([points]) => points.split(' ').map((each) => each.split(',').map(Number)));

test('parallel coordinates have a line for each item, powers of ten evenly, what is not there in a place of its own', () => {
  const drawn = parallelCoordinates(
    [
      { label: 'rate', values: [0.001, 0.01, 0.1], log: true },
      { label: 'recipe', values: ['a', 'b', undefined] },
      { label: 'score', values: [0.5, 0.7, 0.6] },
    ],
    { title: 't' },
  );
  // In the order of the scores.
  const [first, third, second] = coordinates(drawn);
  expect(first[0][1] - second[0][1]).toBeCloseTo(second[0][1] - third[0][1], 0);
  expect(new Set([first, second, third].map((line) => line[1][1])).size).toBe(3);
  expect(third[1][1]).toBeGreaterThan(Math.max(first[1][1], second[1][1]));
  for (const label of ['rate', 'recipe', 'score', '0.001', '0.1', 'a', 'b', '–']) {
    expect(drawn.text).toContain(`>${label}</text>`);
  }
  expect(drawn.text).not.toContain('NaN');
});

test('the marked item is drawn last', () => {
  const axes = [{ label: 'score', values: [3, 1, 2] }];
  const widths = matches(parallelCoordinates(axes, { title: 't', marked: 1 }), /stroke-width="([^"]*)"\s+fill/g).flat();
  expect(widths).toEqual(['1.5', '1.5', '3']);
});

test('an interval reaches as far above and below its dot as its bounds', () => {
  const drawn = intervalPlot(
    [
      { x: 'a', y: 0.5, interval: [0.4, 0.6] },
      { x: 'b', y: 0.7 },
    ],
    { title: 't', x: { label: 'recipe' }, y: 'score', marked: 1 },
  );
  const dots = matches(drawn, /<circle cx="([^"]*)" cy="([^"]*)"/g).map((place) => place.map(Number));
  const [[x, lower, upper]] = matches(drawn, /M([\d.]+) ([\d.]+)V([\d.]+)/g).map((place) => place.map(Number));
  expect(x).toBe(dots[0][0]);
  expect(lower - dots[0][1]).toBeCloseTo(dots[0][1] - upper, 0);
  expect(dots[1][1]).toBeLessThan(dots[0][1]);
  expect(drawn.text).toContain('>recipe</text>');
});
