import { joinInside, makeFolder } from '@fractura/array-files';
import { readLabels, type ImageGrid } from '@fractura/nnunet-format';
import { labelsOfProbabilities } from '@fractura/nnunet-planner';
import { isNifti, writeLabels } from '../labels/label-files.js';
import type { TrainedModel } from '../model/load-model.js';
import type { PredictedRadiograph } from './predict-radiograph.js';
import { radiographProbabilities } from './radiograph-probabilities.js';

/** A prediction, and where its labels go. */
export interface WriteRadiographLabelsOptions {
  predicted: PredictedRadiograph;
  model: TrainedModel;
  folder: string;
  /** Of the files, without an ending. */
  name: string;
}

/** The files written. */
export interface RadiographLabelFiles {
  /** Labels at the size of the conversion, in the data set's format, as for a folder. */
  labels: string;
  /** Labels on the upright radiograph's own pixels: a grey PNG. */
  radiographLabels: string;
  /** Of the upright radiograph. */
  width: number;
  height: number;
}

/**
 * Writes a radiograph's labels twice: as predicted, and on its own pixels, from the probabilities resized linearly.
 *
 * @throws ArrayFilesError `unsafe-name`, `file-unwritable`
 */
export async function writeRadiographLabels({
  predicted,
  model,
  folder,
  name,
}: WriteRadiographLabelsOptions): Promise<RadiographLabelFiles> {
  const { segmentation, shape, sourceWidth: width, sourceHeight: height } = predicted;
  const { file_ending: ending } = model.datasetJson;
  await makeFolder(folder);
  const files = {
    labels: joinInside(folder, name + ending),
    radiographLabels: joinInside(folder, `${name}_radiograph.png`),
  };
  await writeLabels({
    file: files.radiographLabels,
    labels: labelsOfProbabilities(radiographProbabilities(predicted), readLabels(model.datasetJson)),
    shape: [1, height, width],
    grid: undefined,
  });
  const grid = isNifti(ending) ? convertedGrid : undefined;
  await writeLabels({ file: files.labels, labels: segmentation, shape, grid });
  return { ...files, width, height };
}

/** The grid of converted files. */
const convertedGrid: ImageGrid = {
  dimensions: 3,
  spacing: [1, 1, 1],
  affine: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
};
