import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import {
  cropToPlacement,
  fitImage,
  placeInFrame,
  prepareRadiograph,
  readRadiograph,
  resizeImage,
  writeImage,
  type PixelImage,
} from '../../src/index.js';

const slope = (width: number, height: number): PixelImage<Uint8Array> => ({
  width,
  height,
  channels: 1,
  data: Uint8Array.from({ length: width * height }, (_, i) => 50 + ((i * 31) % 200)),
});

test.each([
  ['a wide film', [200, 100], [64, 64], { left: 0, top: 16, width: 64, height: 32 }],
  ['a high film', [101, 203], [64, 64], { left: 16, top: 0, width: 32, height: 64 }],
  ['a film of the frame’s aspect', [128, 96], [64, 48], { left: 0, top: 0, width: 64, height: 48 }],
  ['a film smaller than the frame, which grows', [10, 5], [64, 64], { left: 0, top: 16, width: 64, height: 32 }],
  ['an odd remainder', [64, 63], [64, 64], { left: 0, top: 0, width: 64, height: 63 }],
  ['a film one pixel wide', [1, 1000], [64, 64], { left: 31, top: 0, width: 1, height: 64 }],
  ['a film one pixel high', [1000, 1], [64, 48], { left: 0, top: 23, width: 64, height: 1 }],
  ['a film of one pixel', [1, 1], [7, 9], { left: 0, top: 1, width: 7, height: 7 }],
] as const)('%s is placed in the middle of its frame', (_, [width, height], [frameWidth, frameHeight], place) => {
  expect(placeInFrame({ width, height }, { width: frameWidth, height: frameHeight }, 'letterbox')).toEqual(place);
});

test('a letterboxed film is the resized film with black beside it', () => {
  const film = slope(37, 20);
  const { data, width, height } = fitImage(film, { width: 24, height: 32 }, { fit: 'letterbox', filter: 'lanczos' });
  const place = placeInFrame(film, { width, height }, 'letterbox');
  const inside = resizeImage(film, place, 'lanczos').data;
  expect(place).toEqual({ left: 0, top: 9, width: 24, height: 13 });
  const expected = new Uint8Array(24 * 32);
  expected.set(inside, 9 * 24);
  expect(data).toEqual(expected);
});

test('stretching is resizing', () => {
  const film = slope(37, 20);
  const size = { width: 24, height: 32 };
  expect(fitImage(film, size, { fit: 'stretch', filter: 'lanczos' })).toEqual(resizeImage(film, size, 'lanczos'));
});

test('channels and 16 bits are letterboxed too', () => {
  const film = { width: 2, height: 1, channels: 3, data: Uint16Array.from([1, 2, 3, 1000, 2000, 3000]) };
  const { data } = fitImage(film, { width: 2, height: 3 }, { fit: 'letterbox', filter: 'bilinear' });
  expect([...data]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 1000, 2000, 3000, 0, 0, 0, 0, 0, 0]);
});

test('cropping takes the film’s own part of every plane', () => {
  const place = { left: 1, top: 0, width: 1, height: 2 };
  const planes = Float32Array.from([0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0]);
  expect([...cropToPlacement(planes, { width: 3, height: 2 }, place)]).toEqual([1, 2, 3, 4]);
});

test('files are read and prepared letterboxed', async () => {
  const file = join(await temporaryFolder(), 'film.png');
  const { data, width, height } = slope(30, 12);
  await writeImage(file, { data, shape: [height, width] });
  const size = { width: 16, height: 16 };
  const read = await readRadiograph(file, { size, fit: 'letterbox' });
  expect(read).toMatchObject({ ...size, sourceWidth: 30, sourceHeight: 12 });
  expect(read.data.subarray(0, 16 * 5).every((level) => level === 0)).toBe(true);
  expect(read.data[16 * 8]).toBeGreaterThan(0);
  const prepared = await prepareRadiograph(file, {
    ...size,
    fit: 'letterbox',
    resize: 'lanczos',
    channels: 1,
    depth: 'stored',
  });
  expect(Array.from(prepared.data, (level) => Math.round(level * 255))).toEqual([...read.data]);
});

test('a fit that there is not is refused', () => {
  expect(() => placeInFrame({ width: 2, height: 2 }, { width: 2, height: 2 }, 'crop' as never)).toThrow(
    expect.objectContaining({ code: 'fit-invalid' }),
  );
});
