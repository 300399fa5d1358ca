import type { ImageSize, PixelSpacing } from '@fractura/radiograph/page';
import { isNifti } from '../labels/label-files.js';
import type { PredictingModel } from '../model/predicting-model.js';

/** A radiograph's size, and how far its pixels are apart, where its file tells. */
type MeasuredFilm = ImageSize & { pixelSpacing?: PixelSpacing };

/** Millimetres between the pixels of a radiograph that was scaled to another size, along x and y; 1 where its file does not tell. */
export function headerSpacing(
  { width, height, pixelSpacing }: MeasuredFilm,
  scaled: ImageSize,
): [x: number, y: number] {
  if (pixelSpacing === undefined) {
    return [1, 1];
  }
  return [(pixelSpacing.column * width) / scaled.width, (pixelSpacing.row * height) / scaled.height];
}

/**
 * The spacing z, y, x by which nnU-Net brings a radiograph to a model's grid. A model of radiographs whose spacing was not known, as
 * its plan's is 1, takes every radiograph pixel by pixel; so does every model a radiograph that does not tell its own.
 */
export function filmSpacing(
  film: MeasuredFilm,
  scaled: ImageSize,
  { plan, plans, datasetJson }: Pick<PredictingModel, 'plan' | 'plans' | 'datasetJson'>,
): [z: number, y: number, x: number] {
  if (!isNifti(datasetJson.file_ending)) {
    // As nnU-Net reads a picture.
    return [999, 1, 1];
  }
  const own: [number, number, number] = [1, 1, 1];
  plan.spacing.slice(-2).forEach((spacing, i) => {
    own[plans.transpose_forward[i + 1]] = spacing;
  });
  if (film.pixelSpacing === undefined || own.every((spacing) => spacing === 1)) {
    return own;
  }
  const [x, y] = headerSpacing(film, scaled);
  return [1, y, x];
}
