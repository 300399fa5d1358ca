import { readLabels } from '@fractura/nnunet-format';
import { labelsOfProbabilities } from '@fractura/nnunet-planner';
import type { PixelSpacing } from '@fractura/radiograph/page';
import { foregroundProbability } from '../cutoff/foreground-probability.js';
import type { TrainedModel } from '../model/load-model.js';
import type { PredictedRadiograph } from './predict-film.js';
import { radiographProbabilities } from './radiograph-probabilities.js';

/** A prediction on the upright radiograph's own pixels. */
export interface LabelledRadiograph {
  /** `[height, width]` */
  labels: Uint8Array | Uint16Array;
  /** Probability that a pixel is not background, `[height, width]`. */
  foreground: Float32Array;
  width: number;
  height: number;
  /** How far the pixels are apart, where the radiograph's file tells. */
  pixelSpacing?: PixelSpacing;
}

/** Brings a prediction to the radiograph's own pixels: probabilities resized linearly, and labels of them by the prediction's own cut-off. */
export function labelRadiograph(
  predicted: PredictedRadiograph,
  { datasetJson }: Pick<TrainedModel, 'datasetJson'>,
): LabelledRadiograph {
  const { sourceWidth: width, sourceHeight: height, threshold } = predicted;
  const labelSet = readLabels(datasetJson);
  const probabilities = radiographProbabilities(predicted);
  return {
    labels: labelsOfProbabilities(probabilities, labelSet, threshold),
    foreground: foregroundProbability(probabilities, labelSet),
    width,
    height,
    pixelSpacing: predicted.pixelSpacing,
  };
}
