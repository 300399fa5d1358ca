import type { ImageVolume } from '@fractura/nnunet-planner';
import { fitImage, placeInFrame, type PixelImage, type PixelSpacing, type Placement } from '@fractura/radiograph/page';
import { NnunetError } from '../errors.js';
import type { PredictingModel } from '../model/predicting-model.js';
import type { ModelConversion } from './conversion-of-model.js';
import { filmSpacing, headerSpacing } from './film-spacing.js';
import { predictCase, type PredictedCase, type PredictionSettings } from './predict-case.js';

/** An upright grey radiograph, and the model that predicts it. */
export interface PredictFilmOptions extends PredictionSettings {
  model: PredictingModel;
  /** `[height, width]`, 8 or 16 bits, one channel; how far its pixels are apart, where a file tells. */
  film: Pick<PixelImage, 'data' | 'width' | 'height'> & { pixelSpacing?: PixelSpacing };
  /** How the model's images became what it was trained on. */
  conversion: ModelConversion;
  signal?: AbortSignal;
  onProgress?: (progress: { windowsDone: number; windows: number }) => void;
}

/** A prediction at the size of the conversion, `[1, height, width]`, and the size of the radiograph. */
export interface PredictedRadiograph extends PredictedCase {
  /** Pixels of the upright radiograph before it was scaled. */
  sourceWidth: number;
  sourceHeight: number;
  /** Where the radiograph lies in the prediction: all of it, but where it was letterboxed. */
  place: Placement;
  /** How far the radiograph's pixels are apart, where its file tells. */
  pixelSpacing?: PixelSpacing;
  /** Millimetres between the prediction's pixels along x and y, by it; else 1. */
  headerSpacing: [x: number, y: number];
}

/**
 * Predicts a radiograph that was read: scaled as the conversion of a data set does it, then as any other case. It runs in web pages,
 * too.
 *
 * @throws NnunetError `channels-missing`, `step-size-invalid`, `threshold-invalid`
 */
export async function predictFilm(options: PredictFilmOptions): Promise<PredictedRadiograph> {
  const { model, film, conversion, ...settings } = options;
  const { size, fit } = conversion;
  checkOneChannel(model);
  const source: PixelImage = { data: film.data, width: film.width, height: film.height, channels: 1 };
  const { data, width, height } = size === 'native' ? source : fitImage(source, size, { fit, filter: 'lanczos' });
  const { width: sourceWidth, height: sourceHeight } = source;
  const place =
    size === 'native'
      ? { left: 0, top: 0, width: sourceWidth, height: sourceHeight }
      : placeInFrame({ width: sourceWidth, height: sourceHeight }, size, fit);
  const image: ImageVolume = {
    data: Float32Array.from(data),
    shape: [1, 1, height, width],
    spacing: filmSpacing(film, place, model),
  };
  const predicted = await predictCase({ ...settings, model, image });
  const { pixelSpacing } = film;
  return { ...predicted, sourceWidth, sourceHeight, place, pixelSpacing, headerSpacing: headerSpacing(film, place) };
}

/** @throws NnunetError `channels-missing` where a model takes more than a radiograph has. */
export function checkOneChannel({ datasetJson }: Pick<PredictingModel, 'datasetJson'>): void {
  const channels = Object.keys(datasetJson.channel_names).length;
  if (channels !== 1) {
    throw new NnunetError(`The model takes ${channels} channels; a radiograph has one.`, {
      code: 'channels-missing',
      remedy: 'Give a folder with -i, one file for each channel.',
    });
  }
}
