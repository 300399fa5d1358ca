import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { normaliseInto } from '../../src/data/normalisation.js';
import {
  adjustBrightness,
  adjustContrast,
  adjustGamma,
  centerCrop,
  flipHorizontally,
  flipVertically,
  gaussianBlur,
  gaussianBlurPixels,
  imagenetNormalisation,
  resize,
  resizeShorterSide,
  rotate,
  toClassifierImage,
  type PixelImage,
} from '../../src/index.js';
import { readGolden } from '../support/golden.js';

interface Hashed {
  sha256: string;
}
interface TransformVector {
  file: string;
  size_transposed: [width: number, height: number];
  resize_224x224_pil_bilinear: Hashed;
  resize_shorter_side_224_size: [width: number, height: number];
  resize_shorter_side_224_sha256: string;
  then_center_crop_224_sha256: string;
  hflip_sha256: string;
  vflip_sha256: string;
  hflip_vflip_sha256: string;
  to_tensor_normalize_imagenet: { row100_first8_per_channel: number[][] };
  small: Hashed;
  rotate: { angle: number; interpolation: 'nearest' | 'bilinear'; pil: Hashed }[];
  gaussian_blur_3x3: { sigma: number; uint8: Hashed }[];
  colour_on_small: Record<string, { pil_sha256: string }>;
}

const { images } = readGolden('transforms/transforms.json') as { images: TransformVector[] };

/** The elements of a `.npy` file of version 1. */
function readElements(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`../fixtures/transforms/${name}`, import.meta.url));
  return new Uint8Array(bytes.subarray(10 + bytes.readUInt16LE(8)));
}

const sha256 = ({ data }: { data: Uint8Array }) => createHash('sha256').update(data).digest('hex');
const grey = (data: Uint8Array, height: number, width: number): PixelImage => ({ data, height, width, channels: 1 });
const rgb = ({ data, ...size }: PixelImage): PixelImage => ({
  ...size,
  data: Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]),
  channels: 3,
});

describe.each(images)('$file is treated as by torchvision on Pillow', (vector) => {
  const [width, height] = vector.size_transposed;
  const name = vector.file.replace('.jpg', '');
  const input = grey(readElements(`${name}.input.npy`), height, width);
  const square = resize(input, { height: 224, width: 224 });
  const small = resize(square, { height: 60, width: 72 });

  test('resized to a size and by the shorter side, cropped', () => {
    expect(sha256(square)).toBe(vector.resize_224x224_pil_bilinear.sha256);
    expect(sha256(small)).toBe(vector.small.sha256);
    const shorter = resizeShorterSide(rgb(input), 224);
    expect([shorter.width, shorter.height]).toEqual(vector.resize_shorter_side_224_size);
    expect(sha256(shorter)).toBe(vector.resize_shorter_side_224_sha256);
    expect(sha256(centerCrop(shorter, 224))).toBe(vector.then_center_crop_224_sha256);
  });

  test('flipped', () => {
    expect(sha256(flipHorizontally(rgb(square)))).toBe(vector.hflip_sha256);
    expect(sha256(flipVertically(rgb(square)))).toBe(vector.vflip_sha256);
    expect(sha256(flipVertically(flipHorizontally(rgb(square))))).toBe(vector.hflip_vflip_sha256);
  });

  test('made a tensor and normalised', () => {
    const { data } = toClassifierImage(rgb(square));
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
    expect(sha256(gaussianBlurPixels(small, sigma))).toBe(uint8.sha256);
  });

  test('changed in brightness, contrast and gamma', () => {
    const { colour_on_small: expected } = vector;
    const ours = {
      'brightness_0.8': adjustBrightness(small, 0.8),
      'brightness_1.3': adjustBrightness(small, 1.3),
      'contrast_0.7': adjustContrast(small, 0.7),
      'contrast_1.25': adjustContrast(small, 1.25),
      'gamma_1.5': adjustGamma(small, 1.5),
    };
    expect(Object.keys(ours)).toEqual(Object.keys(expected));
    for (const [key, image] of Object.entries(ours)) {
      expect([key, sha256(image)]).toEqual([key, expected[key].pil_sha256]);
    }
  });
});

test.each([0.5, 2])('a blur with sigma %s of float pixels is within 1e-4 grey levels of torchvision', (sigma) => {
  const input = grey(readElements('IMG0002396.input.npy'), 214, 373);
  const small = resize(resize(input, { height: 224, width: 224 }), { height: 60, width: 72 });
  const expected = new Float32Array(readElements(`IMG0002396.blur${sigma}.f32.npy`).buffer);
  gaussianBlur(small, sigma).forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
  });
});

test('a size of no pixels is refused', () => {
  expect(() => resize(grey(new Uint8Array(4), 2, 2), { height: 0, width: 2 })).toThrow(
    'height of a picture cannot be 0',
  );
});
