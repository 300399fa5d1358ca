import { describe, expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { setUpAugmentation } from '../../src/augmentation/augmentation-setup.js';
import { drawFactor } from '../../src/augmentation/draw-factor.js';
import { blurKernel, gaussianBlur } from '../../src/augmentation/gaussian-blur.js';
import { brightness, contrast, gamma } from '../../src/augmentation/intensity.js';
import { initialPatchSize } from '../../src/augmentation/initial-patch.js';
import { lowerResolution } from '../../src/augmentation/low-resolution.js';
import { affine2d, affine3d, transformSpatially } from '../../src/augmentation/spatial.js';
import { downsampleLabels } from '../../src/data/downsample-labels.js';
import { largestDifference } from '../support/layout.js';
import { readVectors, type VectorArray } from '../support/vectors.js';

interface SpatialVector {
  name: string;
  patch: number[];
  rotation: number | number[] | null;
  scale: number | null;
  image: VectorArray;
  seg: VectorArray;
  image_out: VectorArray;
  seg_out: VectorArray;
}

interface IntensityVector {
  op: string;
  image: VectorArray;
  out: VectorArray;
  multiplier: number;
  factor: number;
  gamma: number;
  invert: boolean;
  scale: number;
  sigmas: number[];
}

const { spatial } = readVectors('augmentation/spatial.json') as { spatial: SpatialVector[] };
const { intensity, ds_downsample, bgcontrast } = readVectors('augmentation/intensity.json') as {
  intensity: IntensityVector[];
  ds_downsample: { seg: VectorArray; scales: number[][]; outs: VectorArray[] };
  bgcontrast: { seed: number; range: [number, number]; samples: number[] }[];
};
const misc = readVectors('misc.json') as {
  initial_patch_size: { patch: number[]; rot_deg: number; dummy_2d: boolean; initial_patch: number[] }[];
  blur_kernels_truncate6: { sigma: number; kernel: number[] }[];
};

const zyx = (extents: readonly number[]) => [...Array.from({ length: 3 - extents.length }, () => 1), ...extents];

test.each(spatial)('the spatial transform $name', ({ patch, rotation, scale, image, seg, image_out, seg_out }) => {
  const changes = rotation !== null || scale !== null;
  const affine = Array.isArray(rotation)
    ? affine3d(rotation, scale ?? 1)
    : patch.length === 3
      ? affine3d([0, 0, 0], scale ?? 1)
      : affine2d(rotation ?? 0, scale ?? 1);
  const axes = patch.length === 3 ? [0, 1, 2] : [1, 2];
  const size = zyx(image.shape.slice(1));
  const sample = {
    image: Float32Array.from(image.data),
    labels: Int16Array.from(seg.data),
    channels: image.shape[0],
    size,
  };
  const { image: moved, labels } = transformSpatially(sample, changes ? affine : undefined, zyx(patch), axes);
  expect(largestDifference(moved, Float32Array.from(image_out.data))).toBeLessThan(5e-6);
  expect([...labels]).toEqual(seg_out.data);
});

test.each(intensity)('the intensity transform $op', (vector) => {
  const channel = Float32Array.from(vector.image.data);
  const extents = vector.image.shape.slice(1);
  const axes = extents.map((_, axis) => 3 - extents.length + axis);
  const apply: Record<string, () => void> = {
    brightness: () => {
      brightness(channel, vector.multiplier);
    },
    contrast_preserve_range: () => {
      contrast(channel, vector.factor);
    },
    gamma_retain_stats: () => {
      gamma(channel, vector.gamma, { inverted: vector.invert });
    },
    low_resolution: () => {
      lowerResolution(channel, zyx(extents), axes, vector.scale);
    },
    gaussian_blur: () => {
      gaussianBlur(channel, zyx(extents), axes, vector.sigmas);
    },
  };
  apply[vector.op]();
  expect(largestDifference(channel, Float32Array.from(vector.out.data))).toBeLessThan(5e-6);
});

test.each(misc.blur_kernels_truncate6)('the blur kernel of sigma $sigma', ({ sigma, kernel }) => {
  expect(largestDifference(Float32Array.from(blurKernel(sigma)), Float32Array.from(kernel))).toBeLessThan(1e-6);
});

test.each(bgcontrast)('the factors drawn with seed $seed', ({ seed, range, samples }) => {
  const random = new RandomState(seed);
  expect(samples.map(() => drawFactor(random, range))).toEqual(samples);
});

test('labels of lower resolutions', () => {
  const labels = Int16Array.from(ds_downsample.seg.data);
  const size = zyx(ds_downsample.seg.shape.slice(1));
  ds_downsample.scales.forEach((scale, i) => {
    const { labels: coarse, size: coarseSize } = downsampleLabels(labels, size, [1, ...scale]);
    expect(coarseSize.slice(1)).toEqual(ds_downsample.outs[i].shape.slice(1));
    expect([...coarse]).toEqual(ds_downsample.outs[i].data);
  });
});

describe.each(misc.initial_patch_size)('the patch $patch', ({ patch, rot_deg, dummy_2d, initial_patch }) => {
  test(`is cut at ${initial_patch.join(' x ')}`, () => {
    const { initialZYX, spatialAxes, largestAngle } = setUpAugmentation('default', { patchSize: patch });
    expect(initialZYX).toEqual(zyx(initial_patch));
    expect((largestAngle / Math.PI) * 180).toBeCloseTo(rot_deg);
    expect(spatialAxes).toEqual(patch.length === 3 && !dummy_2d ? [0, 1, 2] : [1, 2]);
    if (!dummy_2d) {
      expect(initialPatchSize(patch, largestAngle)).toEqual(initial_patch);
    }
  });
});
