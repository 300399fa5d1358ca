import { expect, test } from '@jest/globals';
import { cmykToRgb } from '../../src/colour/cmyk-to-rgb.js';
import { toGrey } from '../../src/colour/to-grey.js';
import { toRgb } from '../../src/colour/to-rgb.js';

test.each([1, 15, 16, 17, 65_535, 65_536, 65_537, 140_000])('the luma of %d pixels', (count) => {
  const pixels = Uint8Array.from({ length: count * 3 }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 13) & 255);
  pixels.fill(255, 0, 3);
  const grey = toGrey(pixels, 3);
  const expected = Uint8Array.from({ length: count }, (_, i) => {
    const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3);
    return Math.floor((red * 19595 + green * 38470 + blue * 7471 + 0x8000) / 65536);
  });
  expect(Buffer.compare(grey, expected)).toBe(0);
});

test('alpha is left out, of 8 and of 16 bits', () => {
  expect([...toGrey(Uint8Array.of(9, 0, 7, 255), 2)]).toEqual([9, 7]);
  expect([...toGrey(Uint8Array.of(50, 50, 50, 1), 4)]).toEqual([50]);
  expect([...toGrey(Uint16Array.of(5000, 5000, 5000, 1), 4)]).toEqual([5000]);
  expect([...toRgb(Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255), 4)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('grey is repeated for red, green and blue', () => {
  expect([...toRgb(Uint16Array.of(1, 700), 1)]).toEqual([1, 1, 1, 700, 700, 700]);
  expect([...toRgb(Uint8Array.of(1, 255, 2, 255), 2)]).toEqual([1, 1, 1, 2, 2, 2]);
});

test('inks take their share of the light that black leaves, as Pillow has it', () => {
  expect([...cmykToRgb(Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 0, 0, 128, 255, 100))]).toEqual([
    ...[255, 255, 255],
    ...[0, 255, 255],
    ...[155, 77, 0],
  ]);
});
