import type { CaseProperties } from '@fractura/nnunet-format';
import { exportPrediction, type ExportedPrediction, type ImageVolume } from '@fractura/nnunet-planner';
import type { Precision } from '@fractura/tfjs-training';
import { predictLogits } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import type { PredictingModel } from '../model/predicting-model.js';
import { prepareCase } from './prepare-case.js';

/** How windows are placed and put together. */
export interface PredictionSettings {
  /** Average over mirrored images, along the axes that the training allows. Default true. */
  mirroring?: boolean;
  /** Probability above which a voxel is foreground, in (0, 1). Default: the model's cut-off, and where it has none nnU-Net's rule. */
  threshold?: number;
  /** Distance of windows relative to their size, in (0, 1]. Default 0.5. */
  stepSize?: number;
  /** What the networks compute in, the native engine's alone if reduced. Default `float32`, which is what references are compared with. */
  precision?: Precision;
}

/** An image, and the model that predicts it. */
export interface PredictCaseOptions extends PredictionSettings {
  model: PredictingModel;
  /** `[channels, z, y, x]` as read, not preprocessed. */
  image: ImageVolume;
  /** Labels `[z, y, x]` of the stage before, which the second stage of a cascade takes. */
  previousStage?: ArrayLike<number>;
  signal?: AbortSignal;
  onProgress?: (progress: { windowsDone: number; windows: number }) => void;
}

/** A prediction in the frame of its image. */
export interface PredictedCase extends ExportedPrediction {
  /** `[classes, z, y, x]` at the configuration's spacing, mean over the folds; `exportPrediction` makes labels of them. */
  logits: Float32Array;
  /** Logit that there is any, of each foreground class; of networks with a head for it. */
  presence?: Float32Array;
  /** Probability above which a voxel is foreground in the labels; absent where nnU-Net's rule made them, the most probable class. */
  threshold?: number;
  /** How the image was cropped and resampled. */
  properties: CaseProperties;
}

/**
 * Predicts one image as `nnUNetv2_predict` does: preprocessing by the model's plan, sliding windows, logits averaged over the
 * folds, labels and probabilities in the frame of the image.
 *
 * @throws NnunetError `step-size-invalid`, `threshold-invalid`; NnunetPlannerError where the image has other channels than dataset.json names.
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.predict_single_npy_array
 */
export async function predictCase(options: PredictCaseOptions): Promise<PredictedCase> {
  const { model, image, previousStage, mirroring = true, stepSize = 0.5, precision, signal, onProgress } = options;
  const { threshold = model.threshold } = options;
  checkSettings({ stepSize, threshold });
  const { data, shape, properties } = prepareCase(image, model, previousStage);
  const { logits, presence } = await predictLogits({
    networks: model.foreignNetworks ?? model.networks,
    data,
    shape,
    patchSize: model.plan.patch_size,
    mirrorAxes: mirroring ? model.mirrorAxes : [],
    stepSize,
    precision,
    signal,
    onProgress,
  });
  const exported = exportPrediction(logits, properties, model, { threshold });
  const predicted: PredictedCase = { ...exported, logits, properties };
  if (presence !== undefined) {
    predicted.presence = presence;
  }
  if (threshold !== undefined) {
    predicted.threshold = threshold;
  }
  return predicted;
}

/** @throws NnunetError `step-size-invalid`, `threshold-invalid` */
export function checkSettings({ stepSize = 0.5, threshold }: PredictionSettings): void {
  if (!(stepSize > 0 && stepSize <= 1)) {
    throw new NnunetError(`A step size of ${stepSize} is not possible.`, {
      code: 'step-size-invalid',
      remedy: 'Give a fraction of the window in (0, 1], such as 0.5.',
    });
  }
  if (threshold !== undefined && !(threshold > 0 && threshold < 1)) {
    throw new NnunetError(`A threshold of ${threshold} is not possible.`, {
      code: 'threshold-invalid',
      remedy: 'Give a probability between 0 and 1, such as 0.5.',
    });
  }
}
