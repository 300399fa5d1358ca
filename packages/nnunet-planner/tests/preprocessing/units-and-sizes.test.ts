import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { writeNifti } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { readImage, resample, shapeAtSpacing } from '../../src/index.js';

async function written(units: number, spacing: number, reader: string) {
  const file = join(await temporaryFolder(), 'a_0000.nii.gz');
  await writeNifti(file, {
    data: new Float32Array(8),
    shape: [2, 2, 2],
    affine: [
      [spacing, 0, 0, 10 * spacing],
      [0, spacing, 0, 0],
      [0, 0, spacing, 0],
      [0, 0, 0, 1],
    ],
    header: { units },
  });
  return readImage([file], { reader });
}

test.each([
  [1, 0.001, 'metres'],
  [3, 1000, 'micrometres'],
])('SimpleITK’s reader brings unit %d to millimetres, as ITK does, and says so', async (units, spacing, name) => {
  const { spacing: read, affine, notes } = await written(units, spacing, 'SimpleITKIO');
  for (const value of read) {
    expect(value).toBeCloseTo(1, 6);
  }
  expect(affine![0][3]).toBeCloseTo(10, 5);
  expect(notes).toEqual([expect.stringContaining(`its spacing is in ${name} and was brought to millimetres`)]);
});

test('nibabel’s reader takes the numbers as they are, and says so', async () => {
  const { spacing, notes } = await written(3, 1000, 'NibabelIO');
  expect(spacing).toEqual([1000, 1000, 1000]);
  expect(notes).toEqual([expect.stringContaining('NibabelIO takes the numbers for millimetres')]);
});

test.each([0, 2, 4])('unit %d is taken for millimetres without a word', async (units) => {
  const { spacing, notes } = await written(units, 2, 'SimpleITKIO');
  expect([spacing, notes]).toEqual([[2, 2, 2], undefined]);
});

test.each([
  [1000, [1, 40000, 32000]],
  [0.001, [1, 0, 0]],
])('a spacing of %d that makes a target of %j is refused with its size', (own, newShape) => {
  const spacing = [1, own, own];
  expect(shapeAtSpacing([1, 40, 32], spacing, [1, 1, 1])).toEqual(newShape);
  const request = {
    data: new Float32Array(40 * 32),
    shape: [1, 1, 40, 32],
    newShape,
    spacing,
    newSpacing: [1, 1, 1],
    how: { is_seg: false, order: 3, order_z: 0, force_separate_z: null },
  };
  expect(() => resample(request)).toThrow(newShape.join(' x '));
});
