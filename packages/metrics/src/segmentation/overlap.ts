import { checkGiven } from '../check-given.js';
import {
  checkConvention,
  type Convention,
  type ConventionOptions,
  conventionOptionsRule,
  type EmptyMask,
  type Score,
} from './convention.js';
import { emptyMaskOf, markMasks, type MaskPair, maskPairRule, type OverlapCounts, overlapCountsRule } from './masks.js';

/** Two masks and the definitions to follow. */
export type OverlapOptions = MaskPair & ConventionOptions;

/** A metric of counts, its undefined cases as the convention has them. */
type Rule = (counts: OverlapCounts, empty: EmptyMask, options: Required<ConventionOptions>) => number;

/** The voxels of two masks by what they are and what they were taken for. */
export const overlapCounts = (masks: MaskPair): OverlapCounts => {
  checkGiven({ masks }, { masks: maskPairRule });
  return markMasks(masks).counts;
};

/** 2 TP / (2 TP + FP + FN): Dice's coefficient, also called F1. In 0..1. */
export const dice = /* @__PURE__ */ score(diceRule);
/** TP / (TP + FP + FN): intersection over union, Jaccard's index. In 0..1. */
export const iou = /* @__PURE__ */ score(iouRule);
/** TP / (TP + FP), the positive predictive value. In 0..1. */
export const precision = /* @__PURE__ */ score(precisionRule);
/** TP / (TP + FN), sensitivity. In 0..1; NaN for an empty reference. */
export const recall = /* @__PURE__ */ score(recallRule);
/** TN / (TN + FP). In 0..1; NaN for a full reference. */
export const specificity = /* @__PURE__ */ score(specificityRule);
/** FP / (FP + TN) = 1 - specificity. */
export const falsePositiveRate = /* @__PURE__ */ score(falsePositiveRateRule);
/** FN / (FN + TP) = 1 - recall. */
export const falseNegativeRate = /* @__PURE__ */ score(falseNegativeRateRule);
/**
 * 1 - |FN - FP| / (2 TP + FP + FN): how alike the volumes are, wherever they lie. In 0..1; NaN for two empty masks.
 *
 * @see Taha and Hanbury 2015, "Metrics for evaluating 3D medical image segmentation", equation 8
 */
export const volumeSimilarity = /* @__PURE__ */ score(volumeSimilarityRule);
/**
 * (predicted - reference volume) / reference volume: above 0 for too much. NaN for an empty reference, under
 * `metrics-reloaded` 1, or 0 if both are.
 */
export const relativeVolumeDifference = /* @__PURE__ */ score(relativeVolumeDifferenceRule);

/** All overlap metrics of one pair of masks. */
export interface OverlapScores {
  dice: number;
  iou: number;
  precision: number;
  recall: number;
  specificity: number;
  falsePositiveRate: number;
  falseNegativeRate: number;
  volumeSimilarity: number;
  relativeVolumeDifference: number;
}

/** All overlap metrics of counts: of one case, or of the counts of many added up. */
export function overlapScores(
  counts: OverlapCounts,
  options: ConventionOptions = {},
): OverlapScores & { convention: Convention; emptyMask: EmptyMask } {
  checkGiven({ counts, options }, { counts: overlapCountsRule, options: conventionOptionsRule });

  const emptyMask = emptyMaskOf(counts);
  const settings = checkConvention(options);
  const value = (rule: Rule) => rule(counts, emptyMask, settings);
  return {
    dice: value(diceRule),
    iou: value(iouRule),
    precision: value(precisionRule),
    recall: value(recallRule),
    specificity: value(specificityRule),
    falsePositiveRate: value(falsePositiveRateRule),
    falseNegativeRate: value(falseNegativeRateRule),
    volumeSimilarity: value(volumeSimilarityRule),
    relativeVolumeDifference: value(relativeVolumeDifferenceRule),
    convention: settings.convention,
    emptyMask,
  };
}

function score(rule: Rule) {
  /** @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid`, `convention-unknown` */
  return (options: OverlapOptions): Score => {
    checkGiven(options, maskPairRule);
    const { counts } = markMasks(options);
    const emptyMask = emptyMaskOf(counts);
    const settings = checkConvention(options);
    return { value: rule(counts, emptyMask, settings), convention: settings.convention, emptyMask };
  };
}

/** What Dice is where a mask is empty; undefined where it is measured. */
export function emptyDice(
  empty: EmptyMask,
  { convention, ignoreEmpty }: Required<ConventionOptions>,
): number | undefined {
  if (empty === 'none') {
    return undefined;
  }
  if (convention === 'monai' && ignoreEmpty) {
    return empty === 'prediction' ? 0 : NaN;
  }
  if (empty !== 'both') {
    return 0;
  }
  return convention === 'metrics-reloaded' || convention === 'monai' ? 1 : NaN;
}

function diceRule({ tp, fp, fn }: OverlapCounts, empty: EmptyMask, options: Required<ConventionOptions>): number {
  return emptyDice(empty, options) ?? (2 * tp) / (2 * tp + fp + fn);
}

function iouRule({ tp, fp, fn }: OverlapCounts, empty: EmptyMask, options: Required<ConventionOptions>): number {
  // Two libraries treat two empty masks unlike their own Dice.
  if (empty === 'both' && options.convention === 'metrics-reloaded') {
    return NaN;
  }
  if (empty === 'both' && options.convention === 'medpy') {
    return 1;
  }
  return emptyDice(empty, options) ?? tp / (tp + fp + fn);
}

function precisionRule({ tp, fp }: OverlapCounts, empty: EmptyMask, { convention }: ConventionOptions): number {
  return convention === 'metrics-reloaded' && empty === 'prediction' ? 0 : tp / (tp + fp);
}

function recallRule({ tp, fn }: OverlapCounts): number {
  return tp / (tp + fn);
}

function specificityRule({ tn, fp }: OverlapCounts): number {
  return tn / (tn + fp);
}

function falsePositiveRateRule({ tn, fp }: OverlapCounts): number {
  return fp / (tn + fp);
}

function falseNegativeRateRule({ tp, fn }: OverlapCounts): number {
  return fn / (tp + fn);
}

function volumeSimilarityRule({ tp, fp, fn }: OverlapCounts): number {
  return 1 - Math.abs(fn - fp) / (2 * tp + fp + fn);
}

function relativeVolumeDifferenceRule(
  { tp, fp, fn }: OverlapCounts,
  empty: EmptyMask,
  { convention }: ConventionOptions,
): number {
  if (tp + fn > 0) {
    return (fp - fn) / (tp + fn);
  }
  if (convention !== 'metrics-reloaded') {
    return NaN;
  }
  return empty === 'both' ? 0 : 1;
}
