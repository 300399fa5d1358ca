import { basename, extname } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { readRadiograph, type TargetSize } from '@fractura/radiograph';
import { labelsOfProbabilities, type ImageVolume } from '@fractura/nnunet-planner';
import { readLabels } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { inFolder } from '../folders/in-folder.js';
import { isNifti, writeLabels, type LabelGrid } from './label-grid.js';
import type { TrainedModel } from '../model/load-model.js';
import { predictCase, type PredictionSettings } from './predict-case.js';
import { resizePlanes } from './resize-planes.js';

/** A radiograph as it is, and where its labels go. */
export interface PredictRadiographOptions extends PredictionSettings {
  model: TrainedModel;
  /** JPEG, PNG, TIFF, BMP, ...; EXIF orientation is applied. */
  file: string;
  output: string;
  /** To which the model's images were converted. */
  size: TargetSize;
}

/** The files written. */
export interface PredictedRadiograph {
  /** Labels at the size of the conversion, in the data set's format, as for a folder. */
  labels: string;
  /** Labels on the upright radiograph's own pixels: a grey PNG. */
  radiographLabels: string;
  width: number;
  height: number;
}

/**
 * Predicts one radiograph: upright, grey and scaled as the conversion does it, then as any other case; the probabilities,
 * resized linearly, give the labels on the radiograph's own pixels.
 *
 * @throws NnunetError `channels-missing`; CocoToNiftiError where the file is no sound image.
 */
export async function predictRadiograph(options: PredictRadiographOptions): Promise<PredictedRadiograph> {
  const { model, file, output, size, ...settings } = options;
  const { channel_names: channels, file_ending: ending } = model.datasetJson;
  if (Object.keys(channels).length !== 1) {
    throw new NnunetError(`The model takes ${Object.keys(channels).length} channels, a radiograph has one.`, {
      code: 'channels-missing',
      remedy: 'Give a folder with -i, one file for each channel.',
    });
  }
  const { data, width, height, sourceWidth, sourceHeight } = await readRadiograph(file, { size });
  const nifti = isNifti(ending);
  const image: ImageVolume = {
    data: Float32Array.from(data),
    shape: [1, 1, height, width],
    spacing: nifti ? [1, 1, 1] : [999, 1, 1],
  };
  const { segmentation, probabilities, shape } = await predictCase(image, model, settings);
  await makeFolder(output);
  const name = basename(file, extname(file));
  const labels = inFolder(output, name + ending);
  const radiographLabels = inFolder(output, `${name}_radiograph.png`);
  const full = resizePlanes(probabilities, [height, width], [sourceHeight, sourceWidth]);
  const fullLabels = labelsOfProbabilities(full, readLabels(model.datasetJson));
  await writeLabels(radiographLabels, fullLabels, [1, sourceHeight, sourceWidth], undefined);
  await writeLabels(labels, segmentation, shape, nifti ? identityGrid : undefined);
  return { labels, radiographLabels, width: sourceWidth, height: sourceHeight };
}

/** That of converted files. */
const identityGrid: LabelGrid = {
  dimensions: 3,
  spacing: [1, 1, 1],
  affine: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
};
