import { checkArguments, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import { type CaseProperties, casePropertiesRule, type LabelSet, readLabels } from '@fractura/nnunet-format';
import { type PreprocessingPlan, preprocessingPlanRule } from '../preprocessing/preprocess-image.js';
import { transposeSpatial } from '../preprocessing/transpose.js';
import { networkGrid, resampleLogits } from './resample-logits.js';
import { NnunetPlannerError } from '../errors.js';

/** A prediction in the frame of its image. */
export interface ExportedPrediction {
  /** Labels `[z, y, x]` along the image's own axes. */
  segmentation: Uint8Array | Uint16Array;
  /** `[classes, z, y, x]`: softmax, or sigmoid of regions. Outside the crop everything is background. */
  probabilities: Float32Array;
  /** `[z, y, x]` */
  shape: number[];
}

/**
 * Brings a network's logits back into the frame of the image: resampled linearly, turned into probabilities and labels, put
 * where the crop was, axes in the image's own order.
 *
 * @param logits `[classes, z, y, x]` at the configuration's spacing.
 * @throws NnunetPlannerError `shape-mismatch` where the logits are not those of this image.
 * @see nnU-Net: nnunetv2/inference/export_prediction.py,
 *   convert_predicted_logits_to_segmentation_with_correct_shape
 */
export function exportPrediction(
  logits: Float32Array,
  properties: CaseProperties,
  plan: PreprocessingPlan,
  options: LabelRule = {},
): ExportedPrediction {
  checkArguments(
    { logits, properties, plan, options },
    { logits: rule.typedArray, properties: casePropertiesRule, plan: preprocessingPlanRule, options: labelRuleRule },
    NnunetPlannerError,
  );
  const { threshold } = options;
  const labels = readLabels(plan.datasetJson);
  const heads = labels.segmentationHeads;
  const resampled = resampleLogits(logits, properties, plan, {
    newShape: properties.shape_after_cropping_and_before_resampling,
    newSpacing: networkGrid(properties, plan).ownSpacing,
  });
  const probabilities = labels.hasRegions ? sigmoid(resampled) : softmax(resampled, heads);
  const full = properties.shape_before_cropping;
  const placed = uncrop(probabilities, heads, properties, labels.hasRegions ? 0 : 1);
  const segmentation = labelsOfProbabilities(placed, labels, threshold);
  return {
    segmentation: transposeSpatial(segmentation, [1, ...full], plan.plans.transpose_backward).data,
    probabilities: transposeSpatial(placed, [heads, ...full], plan.plans.transpose_backward).data,
    shape: plan.plans.transpose_backward.map((axis) => full[axis]),
  };
}

/** How labels are made of probabilities. */
export interface LabelRule {
  /** Probability above which a voxel is foreground, in (0, 1). Default: nnU-Net's rule, the most probable class. */
  threshold?: number;
}

/** The probability of each region by itself. */
export function sigmoid(logits: ArrayLike<number>): Float32Array {
  checkArguments({ logits }, { logits: rule.numbers }, NnunetPlannerError);
  return Float32Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
}

function softmax(logits: ArrayLike<number>, classes: number): Float32Array {
  const voxels = logits.length / classes;
  const result = new Float32Array(logits.length);
  const exponentials = new Float64Array(classes);
  for (let i = 0; i < voxels; i += 1) {
    let largest = -Infinity;
    for (let c = 0; c < classes; c += 1) {
      largest = Math.max(largest, logits[c * voxels + i]);
    }
    let sum = 0;
    for (let c = 0; c < classes; c += 1) {
      sum += exponentials[c] = Math.exp(logits[c * voxels + i] - largest);
    }
    for (let c = 0; c < classes; c += 1) {
      result[c * voxels + i] = exponentials[c] / sum;
    }
  }
  return result;
}

/** Puts the crop back into the whole image; in label mode everything outside is background with probability 1. */
function uncrop(
  probabilities: Float32Array,
  heads: number,
  properties: CaseProperties,
  background: 0 | 1,
): Float32Array {
  const full = properties.shape_before_cropping;
  const [[z0, z1], [y0, y1], [x0, x1]] = properties.bbox_used_for_cropping;
  const voxels = elementCount(full);
  if (probabilities.length === heads * voxels) {
    return probabilities;
  }
  const result = new Float32Array(heads * voxels);
  if (background) {
    result.fill(1, 0, voxels);
  }
  let from = 0;
  for (let head = 0; head < heads; head += 1) {
    for (let z = z0; z < z1; z += 1) {
      for (let y = y0; y < y1; y += 1) {
        const to = head * voxels + (z * full[1] + y) * full[2] + x0;
        result.set(probabilities.subarray(from, from + x1 - x0), to);
        from += x1 - x0;
      }
    }
  }
  return result;
}

/**
 * Labels: the most probable class, the first of equals. Regions: each above one half writes its label over earlier ones. With a
 * threshold, foreground is where the probability that it is not background is above it, and there the most probable class; regions
 * take it in place of one half.
 *
 * @param probabilities `[classes, ...]`; of exclusive labels without a threshold logits will do.
 * @param threshold a probability in (0, 1).
 * @see nnU-Net: nnunetv2/utilities/label_handling/label_handling.py,
 *   LabelManager.convert_probabilities_to_segmentation
 */
export function labelsOfProbabilities(
  probabilities: Float32Array,
  labels: LabelSet,
  threshold?: number,
): Uint8Array | Uint16Array {
  checkArguments({ probabilities, labels, threshold }, labelsOfProbabilitiesArguments, NnunetPlannerError);
  const { segmentationHeads: heads, hasRegions, foreground } = labels;
  const voxels = probabilities.length / heads;
  const result = Math.max(...labels.allLabels) < 255 ? new Uint8Array(voxels) : new Uint16Array(voxels);
  for (let i = 0; i < voxels; i += 1) {
    let best = 0;
    for (let head = 0; head < heads; head += 1) {
      const probability = probabilities[head * voxels + i];
      if (hasRegions) {
        if (probability > (threshold ?? 0.5)) {
          result[i] = foreground[head].label;
        }
      } else if (head === 0 && threshold !== undefined) {
        if (1 - probability <= threshold) {
          break;
        }
        best = 1;
        result[i] = 1;
      } else if (probability > probabilities[best * voxels + i]) {
        best = head;
        result[i] = head;
      }
    }
  }
  return result;
}

/** What {@link LabelRule} must be. */
export const labelRuleRule = rule.fields({ threshold: rule.optional(rule.anyNumber) });

const labelsOfProbabilitiesArguments = {
  probabilities: rule.typedArray,
  labels: rule.fields({
    hasRegions: rule.flag,
    allLabels: rule.listOf(rule.anyNumber),
    foregroundLabels: rule.listOf(rule.anyNumber),
    foreground: rule.listOf(
      rule.fields({
        members: rule.either(rule.anyNumber, rule.listOf(rule.anyNumber)),
        key: rule.anyText,
        channel: rule.anyNumber,
        label: rule.anyNumber,
      }),
    ),
    segmentationHeads: rule.number(),
    channelLabels: rule.listOf(rule.listOf(rule.anyNumber)),
    ignoreLabel: rule.optional(rule.number()),
    annotatedKey: rule.optional(rule.anyText),
  }),
  threshold: rule.optional(rule.number()),
};
