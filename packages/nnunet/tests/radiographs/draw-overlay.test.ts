import { expect, test } from '@jest/globals';
import { drawOverlay } from '../../src/index.js';

const [width, height] = [7, 6];
const grey = Uint8Array.from({ length: width * height }, (_, i) => i);
const labels = new Uint8Array(width * height);
labels.set([1, 1], 2 * width + 2);
labels.set([2], 4 * width + 6);
const foreground = new Float32Array(width * height);
foreground.set([1, 0.25], 2 * width + 2);
const labelled = { labels, foreground, width, height };

const draw = (heat: boolean, data: Uint8Array | Uint16Array = grey) => {
  const picture = drawOverlay({ data, width, height }, { labelled, classes: [1, 2], heat });
  expect(picture).toMatchObject({ width, height, channels: 3 });
  return Array.from({ length: width * height }, (_, i) => [...picture.data.subarray(3 * i, 3 * i + 3)]);
};

test('outlines lie around lesions, a colour for each class, and all else is the radiograph', () => {
  const pixels = draw(false);
  const drawn = (colour: number[]) => pixels.flatMap((pixel, i) => (pixel.join() === colour.join() ? [i] : []));
  const row = (y: number, ...columns: number[]) => columns.map((x) => y * width + x);
  const first = [...row(1, 1, 2, 3, 4), ...row(2, 1, 4), ...row(3, 1, 2, 3, 4)];
  const second = [...row(3, 5, 6), ...row(4, 5), ...row(5, 5, 6)];
  expect(drawn([0, 229, 255])).toEqual(first);
  expect(drawn([255, 64, 255])).toEqual(second);
  for (const [i, pixel] of pixels.entries()) {
    if (![...first, ...second].includes(i)) {
      expect(pixel).toEqual([i, i, i]);
    }
  }
});

test('heat is the more opaque and the yellower the higher the probability', () => {
  const pixels = draw(true);
  const [certain, doubtful] = [2 * width + 2, 2 * width + 3];
  expect(pixels[0]).toEqual([0, 0, 0]);
  expect(pixels[certain]).toEqual([195, 177, 4]);
  expect(pixels[doubtful]).toEqual([106, 32, 11]);
});

test('16 bits are spread over their own range, and so are films of one level', () => {
  const deep = Uint16Array.from(grey, (level) => 1000 + 100 * level);
  const pixels = draw(false, deep);
  expect(pixels[0]).toEqual([0, 0, 0]);
  expect(pixels[6]).toEqual([37, 37, 37]);
  expect(draw(false, new Uint16Array(width * height).fill(500))[0]).toEqual([0, 0, 0]);
});

test('the line is thicker on a large film', () => {
  const side = 1000;
  const large = new Uint8Array(side * side);
  large[500 * side + 500] = 1;
  const { data } = drawOverlay(
    { data: new Uint8Array(side * side), width: side, height: side },
    {
      labelled: { labels: large, foreground: new Float32Array(side * side), width: side, height: side },
      classes: [1],
      heat: false,
    },
  );
  expect(data.reduce((count, level) => count + Number(level === 229), 0)).toBe(24);
});
