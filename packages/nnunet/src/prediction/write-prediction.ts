import { writeNpz } from '@fractura/volume-io';
import { writeCaseProperties } from './case-properties.js';
import { inFolder } from '../folders/in-folder.js';
import { readLabelGrid, writeLabels } from './label-grid.js';
import type { PredictedCase } from './predict-case.js';

/** Where a prediction goes. */
export interface PredictionPlace {
  folder: string;
  id: string;
  /** File ending of the labels. */
  ending: string;
  /** A file on the image's grid: the labels get it too. */
  image: string;
  /** nnU-Net's reader of the image, as the plans record it. */
  reader: string;
  /** Write CASE.npz and CASE.pkl, as nnU-Net. */
  saveProbabilities: boolean;
}

/** Writes a case's labels, last of all, so that a case with labels is complete; before them, if asked for, what ensembles need. */
export async function writePrediction(
  { segmentation, probabilities, shape, properties }: PredictedCase,
  { folder, id, ending, image, reader, saveProbabilities }: PredictionPlace,
): Promise<void> {
  const grid = await readLabelGrid(image, reader);
  if (saveProbabilities) {
    const classes = probabilities.length / segmentation.length;
    const array = { data: probabilities, shape: [classes, ...shape] };
    await writeNpz(inFolder(folder, `${id}.npz`), { probabilities: array }, { compress: true });
    await writeCaseProperties(inFolder(folder, `${id}.pkl`), properties, { image, reader, grid, shape });
  }
  await writeLabels(inFolder(folder, id + ending), segmentation, shape, grid);
}
