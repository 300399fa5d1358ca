import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { gaussianImportanceMap } from '../../src/inference/importance-map.js';
import { windowSteps } from '../../src/inference/window-steps.js';

/** The maps of small windows are stored whole, of large ones a few values. */
const misc = JSON.parse(readFileSync(new URL('../fixtures/misc.json', import.meta.url), 'utf8')) as {
  gaussian_importance: {
    tile: number[];
    float64?: number[];
    row112_float64?: number[];
  }[];
  sliding_window_steps: { image: number[]; tile: number[]; step: number; steps: number[][] }[];
};

const whole = misc.gaussian_importance.filter(({ float64 }) => float64);
test.each(whole)(
  'the importance map of a window of $tile is that of the reference before rounding',
  ({ tile, float64 }) => {
    const map = gaussianImportanceMap(tile);
    expect(map).toHaveLength(float64!.length);
    float64!.forEach((value, i) => {
      expect(Math.abs(map[i] / value - 1)).toBeLessThan(1e-6);
    });
  },
);

test('the importance map of a radiograph has the middle row of the reference', () => {
  const { tile, row112_float64: row } = misc.gaussian_importance.find(({ tile: [extent] }) => extent === 224)!;
  const map = gaussianImportanceMap(tile);
  expect(map[112 * 224 + 112]).toBe(10);
  row!.forEach((value, x) => {
    expect(Math.abs(map[112 * 224 + x] / value - 1)).toBeLessThan(1e-6);
  });
});

test('where float16 would underflow, the importance map stays positive', () => {
  const map = gaussianImportanceMap([128, 128, 8]);
  expect(map[0]).toBeLessThan(2 ** -24);
  expect(map.every((value) => value > 0)).toBe(true);
});

test.each(misc.sliding_window_steps)(
  'windows of $tile at step $step cover $image as in the reference',
  ({ image, tile, step, steps }) => {
    expect(windowSteps(image, tile, step)).toEqual(steps);
  },
);
