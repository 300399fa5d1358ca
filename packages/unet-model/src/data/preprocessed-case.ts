import { UnetModelError } from '../errors.js';
import type { LabelSet } from '@fractura/nnunet-format';

/** One training case as the planner's preprocessing leaves it. 2D images have a first spatial axis of length 1. */
export interface PreprocessedCase {
  id: string;
  /** `[channels, z, y, x]` in C order, normalised. */
  data: Float32Array;
  /** `[channels, z, y, x]` */
  shape: readonly number[];
  /** `[1, z, y, x]` in C order: labels, -1 outside the non-zero region. */
  segmentation: Int16Array | Int8Array;
  /** `[z, y, x]` in C order: the previous stage's labels on this grid; only for the second stage of a cascade. */
  previousStage?: Int16Array | Int8Array | Uint8Array;
  /** Per class (`"1"`, `"(1, 2)"`), rows of four numbers 0, z, y, x. */
  classLocations: Record<string, ArrayLike<number>>;
}

/**
 * @param channels of the image
 * @param previousStage name of the configuration whose labels the case must carry
 * @throws UnetModelError `case-invalid`, naming the case and the mismatch
 */
export function checkCase(
  { id, data, shape, segmentation, previousStage: given, classLocations }: PreprocessedCase,
  labels: LabelSet,
  channels: number,
  previousStage?: string,
): void {
  const invalid = (what: string, remedy = 'Preprocess the dataset again with the plan that is trained.') =>
    new UnetModelError(`Case ${id}: ${what}.`, { code: 'case-invalid', remedy });
  if (shape.length !== 4) {
    throw invalid(`the shape [${shape.join(', ')}] does not have four axes (channels, z, y, x)`);
  }
  const voxels = shape[1] * shape[2] * shape[3];
  if (shape[0] !== channels) {
    throw invalid(`${shape[0]} channels where the dataset names ${channels}`);
  }
  if (data.length !== channels * voxels) {
    throw invalid(`${data.length} values do not fill the shape [${shape.join(', ')}]`);
  }
  if (segmentation.length !== voxels) {
    throw invalid(`${segmentation.length} labels for ${voxels} voxels`);
  }
  if (previousStage !== undefined && given?.length !== voxels) {
    throw invalid(
      given
        ? `${given.length} labels of the previous stage for ${voxels} voxels`
        : `the labels of the previous stage, ${previousStage}, are missing`,
      `Train ${previousStage} first, all folds: their validation predicts each case on this grid. Give that as previousStage.`,
    );
  }
  for (const { key } of labels.foreground) {
    const rows = classLocations[key];
    if (rows && rows.length % 4 !== 0) {
      throw invalid(`the locations of class ${key} are not rows of four numbers`);
    }
  }
}
