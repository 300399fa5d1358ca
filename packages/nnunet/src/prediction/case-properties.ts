import { orientation, rasAffine } from '@fractura/nnunet-planner';
import { type CaseProperties } from '@fractura/nnunet-format';
import {
  NumpyArray,
  NumpyScalar,
  PythonFloat,
  PythonTuple,
  readPickle,
  writePickle,
  type PythonValue,
} from '@fractura/torch-weights';
import type { Matrix4x4 } from '@fractura/volume-io';
import { NnunetError } from '../errors.js';
import { isNifti, type LabelGrid } from './label-grid.js';

/** Where a case lies, and how it was read. */
export interface CaseGeometry {
  image: string;
  /** nnU-Net's. */
  reader: string;
  grid: LabelGrid | undefined;
  /** `[z, y, x]` as read. */
  shape: readonly number[];
}

/**
 * Writes the properties of a case as nnU-Net pickles them beside probabilities, so that its `nnUNetv2_ensemble` finds the
 * geometry. SimpleITK's world has x and y the other way round (LPS).
 */
export async function writeCaseProperties(
  file: string,
  properties: CaseProperties,
  { image, reader, grid, shape }: CaseGeometry,
): Promise<void> {
  await writePickle(file, {
    ...(grid && geometryOf(grid, reader, shape)),
    spacing: isNifti(image) ? floats(properties.spacing) : PythonTuple.over(properties.spacing),
    shape_before_cropping: PythonTuple.over(properties.shape_before_cropping),
    bbox_used_for_cropping: properties.bbox_used_for_cropping,
    shape_after_cropping_and_before_resampling: PythonTuple.over(properties.shape_after_cropping_and_before_resampling),
  });
}

/**
 * The grid in the properties of a case, ours or nnU-Net's; undefined for pictures.
 *
 * @throws NnunetError `properties-invalid`
 */
export async function readGridOfProperties(file: string): Promise<LabelGrid | undefined> {
  const properties = await readPickle(file);
  if (!(properties instanceof Map)) {
    throw new NnunetError(`${file} does not hold the properties of a case.`, {
      code: 'properties-invalid',
      remedy: 'Predict again with --save-probabilities.',
    });
  }
  const [sitk, nibabel] = [properties.get('sitk_stuff'), properties.get('nibabel_stuff')];
  if (nibabel instanceof Map) {
    const rows = numbersOf(nibabel.get('original_affine') ?? nibabel.get('reoriented_affine'));
    const affine = [0, 1, 2, 3].map((row) => rows.slice(4 * row, 4 * row + 4));
    const turned = nibabel.has('reoriented_affine');
    return { dimensions: 3, spacing: spacingOf(affine), affine, turned };
  }
  return sitk instanceof Map ? gridOfSitk(sitk) : undefined;
}

const spacingOf = (affine: Matrix4x4): number[] =>
  [0, 1, 2].map((column) => Math.hypot(...[0, 1, 2].map((row) => affine[row][column])));

const floats = (values: readonly number[]): PythonFloat[] => values.map((value) => new PythonFloat(value));
const tuple = (values: readonly number[]): PythonTuple => PythonTuple.over(floats(values));

/** To SimpleITK's world, and back. */
const flip = [-1, -1, 1];

function sitkOf({ dimensions, spacing, affine }: LabelGrid) {
  const axes = [0, 1, 2].slice(0, dimensions);
  return {
    spacing: tuple(spacing),
    origin: tuple(axes.map((row) => flip[row] * affine[row][3])),
    direction: tuple(axes.flatMap((row) => axes.map((column) => (flip[row] * affine[row][column]) / spacing[column]))),
  };
}

const matrix = (affine: Matrix4x4) => affine.map((row) => floats(row));

/**
 * What nnU-Net's reader would keep. Of an image that SimpleITK turned it keeps the turned geometry and what the axes were
 * called; what nibabel's reader keeps lies beside it, as it says more.
 */
function geometryOf(grid: LabelGrid, reader: string, shape: readonly number[]) {
  const { affine, turned } = grid;
  const byNibabel = reader.startsWith('Nibabel');
  if (!turned) {
    return byNibabel ? { nibabel_stuff: { original_affine: matrix(affine) } } : { sitk_stuff: sitkOf(grid) };
  }
  const reoriented = rasAffine(affine, shape);
  const nibabel = { nibabel_stuff: { original_affine: matrix(affine), reoriented_affine: matrix(reoriented) } };
  if (byNibabel) {
    return nibabel;
  }
  const sitk = sitkOf({ dimensions: 3, spacing: spacingOf(reoriented), affine: reoriented });
  return { sitk_stuff: { ...sitk, original_orientation: axisCode(affine) }, ...nibabel };
}

/** The letters of the sides that x, y, z run to, such as LPS. */
function axisCode(affine: Matrix4x4): string {
  const { axisOf, flipped } = orientation(affine);
  return [0, 1, 2].map((axis) => (flipped[axis] ? 'LPI' : 'RAS')[axisOf.indexOf(axis)]).join('');
}

function gridOfSitk(stuff: Map<PythonValue, PythonValue>): LabelGrid {
  const [spacing, origin, direction] = ['spacing', 'origin', 'direction'].map((key) => numbersOf(stuff.get(key)));
  const dimensions = spacing.length;
  const affine = [0, 1, 2].map((row) => [
    ...[0, 1, 2].map((column) =>
      row < dimensions && column < dimensions
        ? flip[row] * direction[row * dimensions + column] * spacing[column]
        : Number(row === column),
    ),
    row < dimensions ? flip[row] * origin[row] : 0,
  ]);
  return { dimensions, spacing, affine: [...affine, [0, 0, 0, 1]] };
}

/** The numbers in a list, tuple or numpy array, in C order. */
function numbersOf(value: PythonValue | undefined): number[] {
  if (value instanceof NumpyArray) {
    return Array.from(value.data as Float64Array);
  }
  if (Array.isArray(value)) {
    return value.flatMap(numbersOf);
  }
  if (value instanceof NumpyScalar) {
    return [Number(value.value)];
  }
  if (typeof value === 'number') {
    return [value];
  }
  throw new NnunetError('A geometry among the properties of a case is not made of numbers.', {
    code: 'properties-invalid',
    remedy: 'Predict again with --save-probabilities.',
  });
}
