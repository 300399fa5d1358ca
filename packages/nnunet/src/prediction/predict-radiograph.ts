import { readRadiograph, type ImageFit, type TargetSize } from '@fractura/radiograph';
import type { TrainedModel } from '../model/load-model.js';
import { conversionOfModel } from './conversion-of-model.js';
import type { PredictionSettings } from './predict-case.js';
import { checkOneChannel, predictFilm, type PredictedRadiograph } from './predict-film.js';

/** A radiograph as it is, and the model that predicts it. */
export interface PredictRadiographOptions extends PredictionSettings {
  model: TrainedModel;
  /** JPEG, PNG, TIFF, BMP, DICOM, ...; EXIF orientation is applied. */
  file: string;
  /** Which of several windows of a DICOM file is taken, from 1. Default 1. */
  window?: number;
  /** To which the model's images were converted. Default: what its folder tells, see `conversionOfModel`. */
  size?: TargetSize;
  /** How they were brought to it. Default: what its folder tells. */
  fit?: ImageFit;
  signal?: AbortSignal;
  onProgress?: (progress: { windowsDone: number; windows: number }) => void;
}

/** A radiograph that was read and predicted. */
export interface PredictedRadiographFile extends PredictedRadiograph {
  /** What a user should know of the file, in sentences. */
  warnings: string[];
}

/**
 * Predicts one radiograph: upright, grey and scaled as the conversion of a data set does it, then as any other case.
 *
 * @throws NnunetError `channels-missing`, `step-size-invalid`, `threshold-invalid`; RadiographError where the file is not a sound image.
 */
export async function predictRadiograph(options: PredictRadiographOptions): Promise<PredictedRadiographFile> {
  const { model } = options;
  checkOneChannel(model);
  const conversion = await conversionOfModel(model);
  const { size = conversion.size, fit = conversion.fit, file, window, ...settings } = options;
  const film = await readRadiograph(file, { window });
  const predicted = await predictFilm({ ...settings, film, conversion: { size, fit } });
  return { ...predicted, warnings: film.warnings };
}
