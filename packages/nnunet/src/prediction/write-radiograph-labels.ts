import { dirname } from 'node:path';
import { joinInside, makeFolder } from '@fractura/array-files';
import type { ImageGrid } from '@fractura/nnunet-format';
import { isNifti, writeLabels } from '../labels/label-files.js';
import type { TrainedModel } from '../model/load-model.js';
import { labelRadiograph, type LabelledRadiograph } from './label-radiograph.js';
import type { PredictedRadiograph } from './predict-film.js';

/** A prediction, and where its labels go. */
export interface WriteRadiographLabelsOptions {
  predicted: PredictedRadiograph;
  model: TrainedModel;
  folder: string;
  /** Of the files, without an ending; may lead to a subfolder. */
  name: string;
  /** The prediction on the radiograph's own pixels, where it is at hand. Default: it is made. */
  labelled?: LabelledRadiograph;
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
 * Writes a radiograph's labels twice: as predicted, and on its own pixels, from the probabilities resized linearly; both by the
 * prediction's cut-off.
 *
 * @throws ArrayFilesError `unsafe-name`, `file-unwritable`
 */
export async function writeRadiographLabels({
  predicted,
  model,
  folder,
  name,
  labelled = labelRadiograph(predicted, model),
}: WriteRadiographLabelsOptions): Promise<RadiographLabelFiles> {
  const { segmentation, shape } = predicted;
  const { labels, width, height } = labelled;
  const { file_ending: ending } = model.datasetJson;
  const files = {
    labels: joinInside(folder, name + ending),
    radiographLabels: joinInside(folder, `${name}_radiograph.png`),
  };
  await makeFolder(dirname(files.labels));
  await writeLabels({ file: files.radiographLabels, labels, shape: [1, height, width], grid: undefined });
  const grid = isNifti(ending) ? convertedGrid(predicted.headerSpacing) : undefined;
  await writeLabels({ file: files.labels, labels: segmentation, shape, grid });
  return { ...files, width, height };
}

/** The grid of converted files, which are one slice. */
const convertedGrid = ([x, y]: [x: number, y: number]): ImageGrid => ({
  dimensions: 3,
  spacing: [x, y, 1],
  affine: [
    [x, 0, 0, 0],
    [0, y, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
});
