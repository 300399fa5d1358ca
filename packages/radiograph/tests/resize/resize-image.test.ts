import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readRadiograph, resizeImage, type Pixels } from '../../src/index.js';

const fixtures = new URL('../fixtures/', import.meta.url);
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`resize/${name}`, fixtures), 'utf8'));
const sha256 = ({ data }: { data: Pixels }) => createHash('sha256').update(data).digest('hex');

interface PillowCase {
  mode: 'L' | 'RGB' | 'I;16';
  filter: 'lanczos' | 'bilinear';
  size: [width: number, height: number];
  target: [width: number, height: number];
  sha256: string;
}

/** The pattern that Pillow was given. */
function pattern(count: number, bits: 8 | 16): Pixels {
  const level = (_: unknown, i: number) => (Math.imul(i + 7, 2654435761) >>> 0) >>> (32 - bits);
  return bits === 8 ? Uint8Array.from({ length: count }, level) : Uint16Array.from({ length: count }, level);
}

describe('as Pillow 13 resizes', () => {
  test.each(fixture('pillow.json') as PillowCase[])(
    '$mode by $filter from $size to $target',
    ({ mode, filter, size: [width, height], target, sha256: expected }) => {
      const channels = mode === 'RGB' ? 3 : 1;
      const data = pattern(width * height * channels, mode === 'I;16' ? 16 : 8);
      const resized = resizeImage({ data, width, height, channels }, { width: target[0], height: target[1] }, filter);
      expect([resized.width, resized.height]).toEqual(target);
      expect(sha256(resized)).toBe(expected);
    },
  );
});

interface TorchvisionCase {
  file: string;
  size: [width: number, height: number];
  resize_224x224_sha256: string;
  then_72x60_sha256: string;
}

test.each(fixture('torchvision.json') as TorchvisionCase[])('$file as torchvision resizes it', async (vector) => {
  const { data, width, height } = await readRadiograph(fileURLToPath(new URL(`films/${vector.file}`, fixtures)));
  expect([width, height]).toEqual(vector.size);
  const image = { data, width, height, channels: 1 };
  const square = resizeImage(image, { width: 224, height: 224 }, 'bilinear');
  expect(sha256(square)).toBe(vector.resize_224x224_sha256);
  expect(sha256(resizeImage(square, { width: 72, height: 60 }, 'bilinear'))).toBe(vector.then_72x60_sha256);
});

// Whole bands and single lines, counts that four does not divide; a flat image has to stay flat to its last pixel.
test.each([
  [1, 1],
  [3, 5],
  [700, 1],
  [1, 700],
  [613, 1021],
])('%d x %d pixels of one grey level keep it', (width, height) => {
  const image = { data: new Uint8Array(width * height).fill(255), width, height, channels: 1 };
  for (const size of [
    { width: 7, height: 9 },
    { width: 224, height: 224 },
  ]) {
    expect(resizeImage(image, size, 'lanczos').data).toEqual(new Uint8Array(size.width * size.height).fill(255));
  }
});

test('a size of no pixels is refused', () => {
  const image = { data: new Uint8Array(4), width: 2, height: 2, channels: 1 };
  expect(() => resizeImage(image, { height: 0, width: 2 }, 'bilinear')).toThrow('2 x 0 pixels cannot be made');
});
