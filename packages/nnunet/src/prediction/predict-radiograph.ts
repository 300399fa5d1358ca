import type { ImageVolume } from '@fractura/nnunet-planner';
import { readRadiograph, type TargetSize } from '@fractura/radiograph';
import { NnunetError } from '../errors.js';
import { isNifti } from '../labels/label-files.js';
import type { TrainedModel } from '../model/load-model.js';
import { conversionSize } from './conversion-size.js';
import { predictCase, type PredictedCase, type PredictionSettings } from './predict-case.js';

/** A radiograph as it is, and the model that predicts it. */
export interface PredictRadiographOptions extends PredictionSettings {
  model: TrainedModel;
  /** JPEG, PNG, TIFF, BMP, ...; EXIF orientation is applied. */
  file: string;
  /** To which the model's images were converted. Default: what the fingerprint in its folder tells, see `conversionSize`. */
  size?: TargetSize;
  signal?: AbortSignal;
}

/** A prediction at the size of the conversion, `[1, height, width]`, and the size of the radiograph. */
export interface PredictedRadiograph extends PredictedCase {
  /** Pixels of the upright radiograph before it was scaled. */
  sourceWidth: number;
  sourceHeight: number;
}

/**
 * Predicts one radiograph: upright, grey and scaled as the conversion of a data set does it, then as any other case.
 *
 * @throws NnunetError `channels-missing`, `step-size-invalid`; RadiographError where the file is not a sound image.
 */
export async function predictRadiograph(options: PredictRadiographOptions): Promise<PredictedRadiograph> {
  const { model, file, mirroring, stepSize, signal } = options;
  const { channel_names: channels, file_ending: ending } = model.datasetJson;
  if (Object.keys(channels).length !== 1) {
    throw new NnunetError(`The model takes ${Object.keys(channels).length} channels; a radiograph has one.`, {
      code: 'channels-missing',
      remedy: 'Give a folder with -i, one file for each channel.',
    });
  }
  const size = options.size ?? (await conversionSize(model.folder));
  const { data, width, height, sourceWidth, sourceHeight } = await readRadiograph(file, { size });
  const image: ImageVolume = {
    data: Float32Array.from(data),
    shape: [1, 1, height, width],
    // As a converted NIfTI file has it, or as nnU-Net reads a picture.
    spacing: isNifti(ending) ? [1, 1, 1] : [999, 1, 1],
  };
  const predicted = await predictCase({ model, image, mirroring, stepSize, signal });
  return { ...predicted, sourceWidth, sourceHeight };
}
