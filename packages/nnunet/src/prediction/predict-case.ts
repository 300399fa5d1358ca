import { exportPrediction, preprocessImage, type ExportedPrediction, type ImageVolume } from '@fractura/nnunet-planner';
import { type CaseProperties } from '@fractura/nnunet-format';
import { predictLogits } from '@fractura/unet-model';
import { addPreviousStage } from './add-previous-stage.js';
import type { TrainedModel } from '../model/load-model.js';

/** How windows are placed and put together. */
export interface PredictionSettings {
  /** Average over mirrored images. Default true. */
  mirroring?: boolean;
  /** Distance of windows relative to their size. Default 0.5. */
  stepSize?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { windowsDone: number; windows: number }) => void;
}

/** A prediction in the frame of its image, and how the image was cropped. */
export type PredictedCase = ExportedPrediction & { properties: CaseProperties };

/**
 * Predicts one image as `nnUNetv2_predict` does: preprocessing by the model's plan, sliding windows, logits averaged over
 * folds, labels and probabilities in the frame of the image.
 *
 * @param previousStage labels `[z, y, x]` of the stage before, which a cascade takes as further channels.
 * @see reference/nnunet-v2/behaviour.md, section 8.2
 */
export async function predictCase(
  image: ImageVolume,
  model: TrainedModel,
  { mirroring = true, stepSize = 0.5, signal, onProgress }: PredictionSettings = {},
  previousStage?: ArrayLike<number>,
): Promise<PredictedCase> {
  const { plans, datasetJson, configuration, networks, plan } = model;
  const how = { plans, configuration, datasetJson };
  const preprocessed = preprocessImage(
    previousStage === undefined ? image : { ...image, segmentation: previousStage },
    how,
  );
  const { data, shape } =
    previousStage === undefined
      ? preprocessed
      : addPreviousStage(preprocessed, preprocessed.segmentation!, datasetJson);
  const logits = await predictLogits({
    networks,
    data,
    shape,
    stepSize,
    patchSize: plan.patch_size,
    mirrorAxes: mirroring ? model.mirrorAxes : [],
    signal,
    onProgress,
  });
  return { ...exportPrediction(logits, preprocessed.properties, how), properties: preprocessed.properties };
}
