import { checkArguments, rule } from '@fractura/errors';
import { PythonFloat } from '@fractura/python-compat';
import { PythonTuple, readPickle, writePickle } from '@fractura/torch-weights';
import { rasAffine, spacingOfAffine, type Matrix4x4 } from '@fractura/volume-io';
import { NnunetFormatError } from '../errors.js';
import { type CaseProperties, casePropertiesRule } from './case-properties.js';
import { type ImageGrid, imageGridRule } from './image-grid.js';
import { numbersIn } from './python-numbers.js';
import { gridOfSitk, orientationCode, sitkGeometry } from './sitk-geometry.js';

/** The position of a case in space, and how it was read. */
export interface CaseGeometry {
  /** nnU-Net's reader, such as `SimpleITKIO`. */
  reader: string;
  /** Undefined for pictures, which have none. */
  grid: ImageGrid | undefined;
  /** `[z, y, x]` as read. */
  shape: readonly number[];
}

/**
 * Writes the properties of a case as nnU-Net pickles them beside probabilities, so that its `nnUNetv2_ensemble` finds the
 * geometry.
 *
 * @see nnU-Net: nnunetv2/inference/export_prediction.py, export_prediction_from_logits
 */
export async function writeCaseProperties(
  file: string,
  properties: CaseProperties,
  options: CaseGeometry,
): Promise<void> {
  checkArguments(
    { file, properties, options },
    { file: rule.text, properties: casePropertiesRule, options: caseGeometryRule },
    NnunetFormatError,
  );
  const { reader, grid, shape } = options;
  const geometry = grid === undefined ? {} : geometryOf(grid, reader, shape);
  await writePickle(file, {
    ...geometry,
    spacing: grid === undefined ? PythonTuple.over(properties.spacing) : floats(properties.spacing),
    shape_before_cropping: PythonTuple.over(properties.shape_before_cropping),
    bbox_used_for_cropping: properties.bbox_used_for_cropping,
    shape_after_cropping_and_before_resampling: PythonTuple.over(properties.shape_after_cropping_and_before_resampling),
  });
}

/**
 * The grid in the pickled properties of a case, ours or nnU-Net's; undefined for pictures.
 *
 * @throws NnunetFormatError `properties-invalid`; TorchWeightsError where the pickle is damaged.
 */
export async function readGridOfProperties(file: string): Promise<ImageGrid | undefined> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  const properties = await readPickle(file);
  if (!(properties instanceof Map)) {
    throw new NnunetFormatError(`${file} does not hold the properties of a case.`, {
      code: 'properties-invalid',
      remedy: 'Predict again with --save-probabilities.',
    });
  }
  const [sitk, nibabel] = [properties.get('sitk_stuff'), properties.get('nibabel_stuff')];
  if (nibabel instanceof Map) {
    const rows = numbersIn(nibabel.get('original_affine') ?? nibabel.get('reoriented_affine'));
    const affine = [0, 1, 2, 3].map((row) => rows.slice(4 * row, 4 * row + 4));
    const turned = nibabel.has('reoriented_affine');
    return { dimensions: 3, spacing: spacingOfAffine(affine), affine, turned };
  }
  return sitk instanceof Map ? gridOfSitk(sitk) : undefined;
}

const floats = (values: readonly number[]): PythonFloat[] => values.map((value) => new PythonFloat(value));
const matrix = (affine: Matrix4x4): PythonFloat[][] => affine.map((row) => floats(row));

/**
 * What nnU-Net's reader would keep. Of an image that SimpleITK turned it keeps the turned geometry and what the axes were
 * called; what nibabel's reader keeps is written beside it, as it is more complete.
 */
function geometryOf(grid: ImageGrid, reader: string, shape: readonly number[]): Record<string, object> {
  const { affine, turned } = grid;
  const byNibabel = reader.startsWith('Nibabel');
  if (!turned) {
    return byNibabel ? { nibabel_stuff: { original_affine: matrix(affine) } } : { sitk_stuff: sitkGeometry(grid) };
  }
  const reoriented = rasAffine(affine, shape);
  const nibabel = { nibabel_stuff: { original_affine: matrix(affine), reoriented_affine: matrix(reoriented) } };
  if (byNibabel) {
    return nibabel;
  }
  const sitk = sitkGeometry({ dimensions: 3, spacing: spacingOfAffine(reoriented), affine: reoriented });
  return { sitk_stuff: { ...sitk, original_orientation: orientationCode(affine) }, ...nibabel };
}

/** What {@link CaseGeometry} must be. */
export const caseGeometryRule = rule.fields({
  reader: rule.anyText,
  grid: rule.optional(imageGridRule),
  shape: rule.listOf(rule.anyNumber),
});
