import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { gaussianImportanceMap } from '../../src/inference/importance-map.js';
import { windowSteps } from '../../src/inference/window-steps.js';

/** The maps of small windows are stored whole, of large ones a few values. */
const misc = JSON.parse(readFileSync(new URL('../fixtures/misc.json', import.meta.url), 'utf8')) as {
  gaussian_importance: {
    tile: number[];
    float16?: number[];
    min_fp16?: number;
    max?: number;
    row112_float64?: number[];
  }[];
  sliding_window_steps: { image: number[]; tile: number[]; step: number; steps: number[][] }[];
};

const whole = misc.gaussian_importance.filter(({ float16 }) => float16);
test.each(whole)('the importance map of a window of $tile is the reference map', ({ tile, float16 }) => {
  expect([...gaussianImportanceMap(tile)]).toEqual(float16);
});

test('the importance map of a radiograph has the smallest value and the middle row of the reference', () => {
  const {
    tile,
    min_fp16: smallest,
    row112_float64: row,
  } = misc.gaussian_importance.find(({ tile: [extent] }) => extent === 224)!;
  const map = gaussianImportanceMap(tile);
  expect(map.reduce((least, value) => Math.min(least, value))).toBe(smallest);
  expect(map[112 * 224 + 112]).toBe(10);
  row!.forEach((value, x) => {
    expect(Math.abs(map[112 * 224 + x] / value - 1)).toBeLessThan(2 ** -11);
  });
});

test('where float16 underflows, the importance map takes its smallest value', () => {
  expect(gaussianImportanceMap([128, 128, 8])[0]).toBe(2 ** -24);
});

test.each(misc.sliding_window_steps)(
  'windows of $tile at step $step cover $image as in the reference',
  ({ image, tile, step, steps }) => {
    expect(windowSteps(image, tile, step)).toEqual(steps);
  },
);
