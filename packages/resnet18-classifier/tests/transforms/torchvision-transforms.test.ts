import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { normaliseInto } from '../../src/data/normalisation.js';
import { flipHorizontally, flipVertically, gaussianBlur, imagenetNormalisation, rotate } from '../../src/index.js';
import { type PixelImage } from '@fractura/radiograph';
import { roundHalfToEven } from '@fractura/python-compat';
import { resizeImage } from '@fractura/radiograph';
import { readGolden } from '../support/golden.js';

interface Hashed {
  sha256: string;
}
interface TransformVector {
  file: string;
  size_transposed: [width: number, height: number];
  resize_224x224_pil_bilinear: Hashed;
  hflip_sha256: string;
  vflip_sha256: string;
  hflip_vflip_sha256: string;
  to_tensor_normalize_imagenet: { row100_first8_per_channel: number[][] };
  small: Hashed;
  rotate: { angle: number; interpolation: 'nearest' | 'bilinear'; pil: Hashed }[];
  gaussian_blur_3x3: { sigma: number; uint8: Hashed }[];
}

const { images } = readGolden('transforms/transforms.json') as { images: TransformVector[] };

/** The elements of a `.npy` file of version 1. */
function readElements(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`../fixtures/transforms/${name}`, import.meta.url));
  return new Uint8Array(bytes.subarray(10 + bytes.readUInt16LE(8)));
}

const sha256 = ({ data }: { data: Uint8Array }) => createHash('sha256').update(data).digest('hex');
type Bytes = PixelImage<Uint8Array>;
const grey = (data: Uint8Array, height: number, width: number): Bytes => ({ data, height, width, channels: 1 });
const rgb = ({ data, ...size }: Bytes): Bytes => ({
  ...size,
  data: Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]),
  channels: 3,
});

describe.each(images)('$file is treated as by torchvision on Pillow', (vector) => {
  const [width, height] = vector.size_transposed;
  const name = vector.file.replace('.jpg', '');
  const input = grey(readElements(`${name}.input.npy`), height, width);
  const square = resizeImage(input, { height: 224, width: 224 }, 'bilinear');
  const small = resizeImage(square, { height: 60, width: 72 }, 'bilinear');

  test('resized', () => {
    expect(sha256(square)).toBe(vector.resize_224x224_pil_bilinear.sha256);
    expect(sha256(small)).toBe(vector.small.sha256);
  });

  test('flipped', () => {
    expect(sha256(flipHorizontally(rgb(square)))).toBe(vector.hflip_sha256);
    expect(sha256(flipVertically(rgb(square)))).toBe(vector.vflip_sha256);
    expect(sha256(flipVertically(flipHorizontally(rgb(square))))).toBe(vector.hflip_vflip_sha256);
  });

  test('made a tensor and normalised', () => {
    const data = Float32Array.from(rgb(square).data, (level) => level / 255);
    const normalised = new Float32Array(data.length);
    normaliseInto(normalised, 0, data, imagenetNormalisation);
    vector.to_tensor_normalize_imagenet.row100_first8_per_channel.forEach((row, c) => {
      row.forEach((value, x) => {
        expect(Math.abs(normalised[(100 * 224 + x) * 3 + c] - value)).toBeLessThan(1e-6);
      });
    });
  });

  test.each(vector.rotate)('rotated by $angle degrees, $interpolation', ({ angle, interpolation, pil }) => {
    expect(sha256(rotate(small, { angle, interpolation }))).toBe(pil.sha256);
  });

  test.each(vector.gaussian_blur_3x3)('blurred with sigma $sigma', ({ sigma, uint8 }) => {
    const { data } = gaussianBlur(small, sigma);
    expect(sha256({ data: Uint8Array.from(data, roundHalfToEven) })).toBe(uint8.sha256);
  });
});

test.each([0.5, 2])('a blur with sigma %s of float pixels is within 1e-4 grey levels of torchvision', (sigma) => {
  const input = grey(readElements('IMG0002396.input.npy'), 214, 373);
  const square = resizeImage(input, { height: 224, width: 224 }, 'bilinear');
  const small = resizeImage(square, { height: 60, width: 72 }, 'bilinear');
  const expected = new Float32Array(readElements(`IMG0002396.blur${sigma}.f32.npy`).buffer);
  gaussianBlur(small, sigma).data.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
  });
});

test.each([10, 90, 360])('of float32 pixels, turning by %d degrees moves the same pixels', (angle) => {
  const bytes = grey(
    Uint8Array.from({ length: 35 }, (_, i) => (i * 37) % 256),
    5,
    7,
  );
  const floats = { ...bytes, data: Float32Array.from(bytes.data) };
  expect([...rotate(floats, { angle }).data]).toEqual([...rotate(bytes, { angle }).data]);
});

test('a blur of no width is refused', () => {
  expect(() => gaussianBlur(grey(new Uint8Array(4), 2, 2), 0)).toThrow('The sigma of a blur is 0.');
});
