import { checkArguments, rule } from '@fractura/errors';
import { type CaseProperties, casePropertiesRule, readLabels } from '@fractura/nnunet-format';
import { type PreprocessingPlan, preprocessingPlanRule } from '../preprocessing/preprocess-image.js';
import { labelsOfProbabilities, sigmoid } from './export-prediction.js';
import { networkGrid, resampleLogits } from './resample-logits.js';
import { NnunetPlannerError } from '../errors.js';

/** What one stage of a cascade hands on to the next. */
export interface NextStageLabels {
  /** Labels `[z, y, x]` on the grid of the next stage's preprocessed data. */
  segmentation: Uint8Array | Uint16Array;
  /** `[z, y, x]` */
  shape: number[];
}

/**
 * Turns a network's logits into labels on the grid of the next stage of a cascade: resampled linearly, then the largest logit, or
 * of regions those above one half.
 *
 * @param logits `[classes, z, y, x]` at the spacing of the plan's configuration.
 * @param nextStage configuration whose grid is wanted, such as `3d_cascade_fullres`.
 * @throws NnunetPlannerError `shape-mismatch` where the logits are not those of this case.
 * @see nnU-Net: nnunetv2/inference/export_prediction.py, resample_and_save
 */
export function exportToNextStage(
  logits: Float32Array,
  properties: CaseProperties,
  plan: PreprocessingPlan,
  nextStage: string,
): NextStageLabels {
  checkArguments(
    { logits, properties, plan, nextStage },
    { logits: rule.typedArray, properties: casePropertiesRule, plan: preprocessingPlanRule, nextStage: rule.anyText },
    NnunetPlannerError,
  );
  const { shape } = networkGrid(properties, { plans: plan.plans, configuration: nextStage });
  // nnU-Net decides by the spacing of this stage alone whether slices are resampled separately.
  const { spacing } = networkGrid(properties, plan);
  const resampled = resampleLogits(logits, properties, plan, { newShape: shape, newSpacing: spacing });
  const labels = readLabels(plan.datasetJson);
  return { segmentation: labelsOfProbabilities(labels.hasRegions ? sigmoid(resampled) : resampled, labels), shape };
}
