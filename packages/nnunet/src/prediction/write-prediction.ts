import { joinInside } from '@fractura/array-files';
import { writeCaseProperties, type CaseProperties } from '@fractura/nnunet-format';
import type { ExportedPrediction } from '@fractura/nnunet-planner';
import { writeNpz } from '@fractura/volume-io';
import { readLabelGrid, writeLabels } from '../labels/label-files.js';

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

/**
 * Writes what ensembles need of a case, where it is wanted, and then its labels: a case that has labels is complete.
 *
 * @see nnU-Net: nnunetv2/inference/export_prediction.py, export_prediction_from_logits
 */
export async function writePrediction(
  { segmentation, probabilities, shape, properties }: ExportedPrediction & { properties: CaseProperties },
  { folder, id, ending, image, reader, saveProbabilities }: PredictionPlace,
): Promise<void> {
  const grid = await readLabelGrid(image, reader);
  if (saveProbabilities) {
    const classes = probabilities.length / segmentation.length;
    const array = { data: probabilities, shape: [classes, ...shape] };
    await writeNpz(joinInside(folder, `${id}.npz`), { probabilities: array }, { compress: true });
    await writeCaseProperties(joinInside(folder, `${id}.pkl`), properties, { reader, grid, shape });
  }
  await writeLabels({ file: joinInside(folder, id + ending), labels: segmentation, shape, grid });
}
