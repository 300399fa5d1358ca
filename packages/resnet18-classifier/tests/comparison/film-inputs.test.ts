import { expect, test } from '@jest/globals';
import { channelsOf, detailFactor, filmInput, filmInputs } from '../../src/comparison/film-inputs.js';

const [height, width] = [20, 30];
const film = Float32Array.from({ length: height * width }, (_, i) => (i % 256) / 255);

/** Probabilities of two lesions, of 4 x 2 pixels at the top left and of 2 x 2 at the bottom right, the second the likelier. */
const map = new Float32Array(height * width).fill(0.01);
for (const [top, left, rows, columns, probability] of [
  [2, 3, 2, 4, 0.4],
  [15, 24, 2, 2, 0.8],
]) {
  for (let y = top; y < top + rows; y += 1) {
    map.fill(probability, y * width + left, y * width + left + columns);
  }
}
const finer = (values: Float32Array) =>
  Float32Array.from({ length: detailFactor ** 2 * values.length }, (_, i) => {
    const [y, x] = [Math.floor(i / (detailFactor * width)), i % (detailFactor * width)];
    return values[Math.floor(y / detailFactor) * width + Math.floor(x / detailFactor)];
  });
const segmented = { film, map, height, width, detail: finer(film) };
const second = (input: 'mask' | 'blob' | 'crop', cutoff = 0.1) =>
  filmInput(input, segmented, cutoff).data.filter((_, i) => i % 2 === 1);

test.each(filmInputs)('the input %s has the film as its first channel', (input) => {
  const { data, channels } = filmInput(input, segmented, 0.1);
  expect(channels).toBe(channelsOf(input));
  expect(data.filter((_, i) => i % channels === 0)).toEqual(film);
});

test('the mask is the map as it is', () => {
  expect(second('mask')).toEqual(map);
});

test('a blob is as high as its lesion is likely, and falls off to all sides alike', () => {
  const plane = second('blob');
  // The first lesion's centre is at row 2.5, column 4.5; one standard deviation is 30 / 24 pixels.
  expect(plane[2 * width + 4]).toBeCloseTo(0.4 * Math.exp(-0.5 / (2 * 1.25 ** 2)), 6);
  expect(plane[3 * width + 5]).toBeCloseTo(plane[2 * width + 4], 6);
  expect(plane[15 * width + 24]).toBeCloseTo(0.8 * Math.exp(-0.5 / (2 * 1.25 ** 2)), 6);
  expect(plane[10 * width + 15]).toBeLessThan(1e-6);
});

test('only what reaches the cutoff is a lesion', () => {
  expect(Math.max(...second('blob', 0.5).subarray(0, 10 * width))).toBeLessThan(1e-6);
  expect(Math.max(...second('blob', 0.9))).toBe(0);
});

test('the region of the likeliest lesion fills the frame; without one it is the whole film', () => {
  // 6 rows of 9 columns, no more to the right than the film has.
  const flat = Float32Array.from(film, (_, i) => (Math.floor(i / width) >= 13 && i % width >= 20 ? 1 : 0));
  const region = filmInput('crop', { ...segmented, film: flat, detail: finer(flat) }, 0.1);
  expect(Math.min(...region.data.filter((_, i) => i % 2 === 1))).toBe(1);
  expect(second('crop', 0.9)).toEqual(film);
});

test('the region is cut from the finer film: it shows what the film itself is too coarse for', () => {
  const stripes = segmented.detail.map((_, i) => i % 2);
  const region = filmInput('crop', { ...segmented, detail: stripes }, 0.1).data.filter((_, i) => i % 2 === 1);
  const row = [...region.subarray(0, width)];
  // 36 columns of the finer film become 30.
  expect(Math.max(...row) - Math.min(...row)).toBeGreaterThan(0.5);
});
