import { type ResamplingArguments } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { resample, shapeAtSpacing } from '../../src/index.js';
import { separateAxis } from '../../src/resampling/separate-axis.js';
import { readReference } from '../golden.js';

interface StoredArray {
  shape: number[];
  data: number[];
}
interface Vectors {
  cases: {
    name: string;
    kwargs: ResamplingArguments;
    current_spacing: number[];
    new_spacing: number[];
    new_shape: number[];
    input: StoredArray;
    output: StoredArray;
  }[];
  compute_new_shape: { shape: number[]; old: number[]; new: number[]; new_shape: number[] }[];
  separate_z: { force: boolean | null; current: number[]; new: number[]; axis: number | null }[];
}

test('images and segmentations are resampled as by nnU-Net', () => {
  for (const vector of (readReference('nnunet-v2/vectors/resampling/resampling.json') as Vectors).cases) {
    const result = resample({
      data: Float32Array.from(vector.input.data),
      shape: vector.input.shape,
      newShape: vector.new_shape,
      spacing: vector.current_spacing,
      newSpacing: vector.new_spacing,
      how: vector.kwargs,
    });
    const differences = Array.from(result, (value, i) => Math.abs(value - vector.output.data[i]));
    expect({ name: vector.name, length: result.length }).toEqual({
      name: vector.name,
      length: vector.output.data.length,
    });
    expect({ name: vector.name, close: Math.max(...differences) < 1e-6 }).toEqual({ name: vector.name, close: true });
  }
});

test('new shapes are rounded half to even', () => {
  for (const { shape, old, new: spacing, new_shape } of (
    readReference('nnunet-v2/vectors/resampling/resampling.json') as Vectors
  ).compute_new_shape) {
    expect(shapeAtSpacing(shape, old, spacing)).toEqual(new_shape);
  }
});

test('the axis that goes apart is the one of nnU-Net', () => {
  for (const vector of (readReference('nnunet-v2/vectors/resampling/resampling.json') as Vectors).separate_z) {
    expect({ ...vector, axis: separateAxis(vector.current, vector.new, vector.force) ?? null }).toEqual(vector);
  }
});
