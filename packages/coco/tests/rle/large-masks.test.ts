import { expect, test } from '@jest/globals';
import { decodeRle, mergeRle, polygonsToRle, rleArea, type Rle } from '../../src/index.js';

const refused = (code: string) => expect.objectContaining({ code, remedy: expect.any(String) });

test.each<Rle>([
  { size: [1e6, 1e6], counts: [1e12] },
  { size: [2 ** 26, 2], counts: [0, 2 ** 27] },
  { size: [-1, 5], counts: [] },
  { size: [Number.NaN, 5], counts: [] },
  { size: [2.5, 2], counts: [5] },
])('the mask %j is refused before memory is taken', (rle) => {
  expect(() => decodeRle(rle)).toThrow(refused('rle-invalid'));
});

const triangle = [0, 0, 4, 0, 4, 4];
test.each([
  [[triangle], 1e6, 1e6],
  [[new Array<number>(2 ** 20 + 2).fill(1)], 5, 5],
  [[Array.from({ length: 2 ** 18 }, (_, i) => (i % 4 < 2 ? 0 : 1000))], 1000, 1000],
] as const)('%# outlines that would take too much are refused', (polygons, height, width) => {
  expect(() => polygonsToRle(polygons, height, width)).toThrow(refused('polygon-invalid'));
});

test.each([0, Number.NaN])('a height of %d is refused', (height) => {
  expect(() => polygonsToRle([triangle], height, 5)).toThrow(refused('option-invalid'));
});

test('outlines far beyond the image are clipped without walking there', () => {
  const far = 4e8;
  const rle = polygonsToRle([[-far, -far, far, -far, far, far, -far, far]], 30, 40);
  expect(rleArea(rle)).toBe(30 * 40);
  const zigzag = Array.from({ length: 4000 }, (_, i) => [(i % 7) - 2, i % 2 === 0 ? -far : far]).flat();
  expect(polygonsToRle([zigzag], 30, 40).size).toEqual([30, 40]);
});

test('a hundred thousand parts are merged', () => {
  const parts = Array.from({ length: 1e5 }, (_, i): Rle => {
    const start = (2 * i) % 1e6;
    return { size: [1000, 1000], counts: [start, 1, 1e6 - start - 1] };
  });
  expect(rleArea(mergeRle(parts))).toBe(1e5);
});
