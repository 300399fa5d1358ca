import type { ImageVolume } from '@fractura/nnunet-planner';
import { placeInFrame, readRadiograph, type ImageFit, type Placement, type TargetSize } from '@fractura/radiograph';
import { NnunetError } from '../errors.js';
import { isNifti } from '../labels/label-files.js';
import type { TrainedModel } from '../model/load-model.js';
import { conversionOfModel } from './conversion-of-model.js';
import { predictCase, type PredictedCase, type PredictionSettings } from './predict-case.js';

/** A radiograph as it is, and the model that predicts it. */
export interface PredictRadiographOptions extends PredictionSettings {
  model: TrainedModel;
  /** JPEG, PNG, TIFF, BMP, ...; EXIF orientation is applied. */
  file: string;
  /** To which the model's images were converted. Default: what its folder tells, see `conversionOfModel`. */
  size?: TargetSize;
  /** How they were brought to it. Default: what its folder tells. */
  fit?: ImageFit;
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
}

/**
 * Predicts one radiograph: upright, grey and scaled as the conversion of a data set does it, then as any other case.
 *
 * @throws NnunetError `channels-missing`, `step-size-invalid`, `threshold-invalid`; RadiographError where the file is not a sound image.
 */
export async function predictRadiograph(options: PredictRadiographOptions): Promise<PredictedRadiograph> {
  const { model, file, mirroring, stepSize, threshold, signal, onProgress } = options;
  checkOneChannel(model);
  const conversion = await conversionOfModel(model);
  const { size = conversion.size, fit = conversion.fit } = options;
  const { data, width, height, sourceWidth, sourceHeight } = await readRadiograph(file, { size, fit });
  const source = { width: sourceWidth, height: sourceHeight };
  const place = size === 'native' ? { left: 0, top: 0, ...source } : placeInFrame(source, size, fit);
  const image: ImageVolume = {
    data: Float32Array.from(data),
    shape: [1, 1, height, width],
    // As a converted NIfTI file has it, or as nnU-Net reads a picture.
    spacing: isNifti(model.datasetJson.file_ending) ? [1, 1, 1] : [999, 1, 1],
  };
  const predicted = await predictCase({ model, image, mirroring, stepSize, threshold, signal, onProgress });
  return { ...predicted, sourceWidth, sourceHeight, place };
}

/** @throws NnunetError `channels-missing` where a model takes more than a radiograph has. */
export function checkOneChannel({ datasetJson }: Pick<TrainedModel, 'datasetJson'>): void {
  const channels = Object.keys(datasetJson.channel_names).length;
  if (channels !== 1) {
    throw new NnunetError(`The model takes ${channels} channels; a radiograph has one.`, {
      code: 'channels-missing',
      remedy: 'Give a folder with -i, one file for each channel.',
    });
  }
}
