import { PythonFloat } from '@fractura/python-compat';
import { PythonTuple, type PythonValue } from '@fractura/torch-weights';
import { orientationOfAffine, type Matrix4x4 } from '@fractura/volume-io';
import type { ImageGrid } from './image-grid.js';
import { numbersIn } from './python-numbers.js';

/** SimpleITK's world has x and y the other way round (LPS+): signs of the rows on the way there and back. */
const signs = [-1, -1, 1];

const tuple = (values: readonly number[]): PythonTuple =>
  PythonTuple.over(values.map((value) => new PythonFloat(value)));

/**
 * Spacing, origin and direction cosines of a grid as SimpleITK gives them, in ITK's order (x, y, z).
 *
 * @see nnU-Net: nnunetv2/imageio/simpleitk_reader_writer.py, SimpleITKIO.read_images
 */
export function sitkGeometry({ dimensions, spacing, affine }: ImageGrid): Record<string, PythonTuple> {
  const axes = [0, 1, 2].slice(0, dimensions);
  return {
    spacing: tuple(spacing),
    origin: tuple(axes.map((row) => signs[row] * affine[row][3])),
    direction: tuple(axes.flatMap((row) => axes.map((column) => (signs[row] * affine[row][column]) / spacing[column]))),
  };
}

/**
 * The grid that SimpleITK's spacing, origin and direction describe.
 *
 * @throws NnunetFormatError `properties-invalid`
 */
export function gridOfSitk(geometry: ReadonlyMap<PythonValue, PythonValue>): ImageGrid {
  const [spacing, origin, direction] = ['spacing', 'origin', 'direction'].map((key) => numbersIn(geometry.get(key)));
  const dimensions = spacing.length;
  const affine = [0, 1, 2].map((row) => [
    ...[0, 1, 2].map((column) =>
      row < dimensions && column < dimensions
        ? signs[row] * direction[row * dimensions + column] * spacing[column]
        : Number(row === column),
    ),
    row < dimensions ? signs[row] * origin[row] : 0,
  ]);
  return { dimensions, spacing, affine: [...affine, [0, 0, 0, 1]] };
}

/** The letters of the sides that x, y and z run to, such as `LPS`, as SimpleITK's DICOMOrient names an orientation. */
export function orientationCode(affine: Matrix4x4): string {
  const { axisOf, flipped } = orientationOfAffine(affine);
  return [0, 1, 2].map((axis) => (flipped[axis] ? 'LPI' : 'RAS')[axisOf.indexOf(axis)]).join('');
}
