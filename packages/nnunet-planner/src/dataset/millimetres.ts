import { checkArguments, rule } from '@fractura/errors';
import type { Matrix4x4, NiftiHeader } from '@fractura/volume-io';
import { NnunetPlannerError } from '../errors.js';

/** The position of the voxels of a NIfTI file, in the unit of its header. */
interface StoredGrid {
  spacing: readonly number[];
  affine: Matrix4x4;
  header: Pick<NiftiHeader, 'units'>;
}

/** Units of length in bits 0 to 2 of `xyzt_units` that are not the millimetre, in millimetres. */
const lengths: Record<number, { unit: string; millimetres: number } | undefined> = {
  1: { unit: 'metres', millimetres: 1000 },
  3: { unit: 'micrometres', millimetres: 0.001 },
};

/** Spacing and affine as a reader gives them, and what is to be said of their unit. */
export interface GridAsRead {
  spacing: number[];
  affine: number[][];
  note: string | undefined;
}

/**
 * Spacing and affine in millimetres, as ITK gives them; nibabel gives the numbers as they are stored, in whatever unit.
 *
 * @param reader nnU-Net's reader.
 * @see ITK: Modules/IO/NIFTI/src/itkNiftiImageIO.cxx, NiftiImageIO::ReadImageInformation, `spacingscale`
 */
export function inMillimetres(storedGrid: StoredGrid, reader: string): GridAsRead {
  checkArguments({ storedGrid, reader }, { storedGrid: storedGridRule, reader: rule.anyText }, NnunetPlannerError);
  const { spacing, affine, header } = storedGrid;
  const length = lengths[header.units & 7];
  if (length === undefined) {
    return { spacing: [...spacing], affine: affine.map((row) => [...row]), note: undefined };
  }
  const byNibabel = reader.startsWith('Nibabel');
  const scale = byNibabel ? 1 : length.millimetres;
  return {
    spacing: spacing.map((value, axis) => (axis < 3 ? value * scale : value)),
    affine: affine.map((row, i) => row.map((value) => (i < 3 ? value * scale : value))),
    note: byNibabel
      ? `its spacing is in ${length.unit}, and ${reader} takes the numbers for millimetres, as nnU-Net does`
      : `its spacing is in ${length.unit} and was brought to millimetres`,
  };
}

/** What {@link StoredGrid} must be. */
export const storedGridRule = rule.fields({
  spacing: rule.listOf(rule.anyNumber),
  affine: rule.listOf(rule.listOf(rule.anyNumber)),
  header: rule.fields({ units: rule.anyNumber }),
});
