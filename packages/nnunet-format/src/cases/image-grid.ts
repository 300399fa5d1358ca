import { rule } from '@fractura/errors';
import type { Matrix4x4 } from '@fractura/volume-io';

/** The positions of the voxels of a NIfTI file in space. */
export interface ImageGrid {
  /** 2 or 3. */
  dimensions: number;
  /** Along x, y and, of three dimensions, z, in millimetres. */
  spacing: number[];
  /** Voxel indices (x, y, z) to RAS+ millimetres. */
  affine: Matrix4x4;
  /** The reader turned the volume to RAS: labels are turned back when they are written. */
  turned?: boolean;
}

/** What {@link ImageGrid} must be. */
export const imageGridRule = rule.fields({
  dimensions: rule.anyNumber,
  spacing: rule.listOf(rule.anyNumber),
  affine: rule.listOf(rule.listOf(rule.anyNumber)),
  turned: rule.optional(rule.flag),
});
