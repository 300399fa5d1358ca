import { expect, test } from '@jest/globals';
import { orientationOfAffine, rasAffine, spacingOfAffine, storedSize } from '../../src/index.js';

test('the axes of an oblique affine are those that come nearest', () => {
  const oblique = [
    [0.1, -0.9, 0.2, 0],
    [0.95, 0.1, 0, 0],
    [0, 0.2, 0.97, 0],
    [0, 0, 0, 1],
  ];
  expect(orientationOfAffine(oblique)).toEqual({ axisOf: [1, 0, 2], flipped: [false, true, false] });
});

/** Stored x runs to the left in steps of 2 mm, y to the top in steps of 3, z to the front in steps of 4. */
const affine = [
  [-2, 0, 0, 10],
  [0, 0, 4, 20],
  [0, 3, 0, 30],
  [0, 0, 0, 1],
];

test('a volume turned to RAS has the affine of its nearest corner', () => {
  // Stored 5 x 6 x 7 voxels; turned, x has 5, y 7 and z 6 of them.
  const turned = rasAffine(affine, [6, 7, 5]);
  expect(storedSize(affine, [6, 7, 5])).toEqual([5, 6, 7]);
  expect(turned).toEqual([
    [2, 0, 0, 2],
    [0, 4, 0, 20],
    [0, 0, 3, 30],
    [0, 0, 0, 1],
  ]);
  expect(orientationOfAffine(turned)).toEqual({ axisOf: [0, 1, 2], flipped: [false, false, false] });
  expect(spacingOfAffine(turned)).toEqual([2, 4, 3]);
});
