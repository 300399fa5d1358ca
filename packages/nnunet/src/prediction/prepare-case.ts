import type { CaseProperties } from '@fractura/nnunet-format';
import { preprocessImage, type ImageVolume } from '@fractura/nnunet-planner';
import type { PredictingModel } from '../model/predicting-model.js';
import { addPreviousStage } from './add-previous-stage.js';

/** An image ready for a model's networks, and how to bring a prediction back to its frame. */
export interface PreparedCase {
  /** `[channels, z, y, x]` in C order. */
  data: Float32Array;
  shape: readonly number[];
  properties: CaseProperties;
}

/**
 * Preprocesses an image by a model's plan; of a cascade's second stage with the labels of the first as further channels.
 *
 * @param previousStage labels `[z, y, x]` on the image's grid.
 * @see nnU-Net: nnunetv2/inference/data_iterators.py, preprocess_fromfiles_save_to_queue
 */
export function prepareCase(
  image: ImageVolume,
  model: PredictingModel,
  previousStage?: ArrayLike<number>,
): PreparedCase {
  if (previousStage === undefined) {
    return preprocessImage(image, model);
  }
  const { segmentation, properties, ...preprocessed } = preprocessImage(
    { ...image, segmentation: previousStage },
    model,
  );
  return { ...addPreviousStage(preprocessed, segmentation!, model.datasetJson), properties };
}
