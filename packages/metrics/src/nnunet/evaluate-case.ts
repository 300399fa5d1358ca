import { checkGiven } from '../check-given.js';
import { labelKey } from '../segmentation/label-key.js';
import { checkLabels, markMasks, type OverlapCounts } from '../segmentation/masks.js';

/** Voxel counts and overlaps of one label or region in one case, under nnU-Net's names. */
export interface OverlapMetrics {
  /** 2 TP / (2 TP + FP + FN); NaN where neither mask has a voxel. */
  Dice: number;
  FN: number;
  FP: number;
  /** TP / (TP + FP + FN); NaN where neither mask has a voxel. */
  IoU: number;
  TN: number;
  TP: number;
  n_pred: number;
  n_ref: number;
}

/** One entry of `metric_per_case` in nnU-Net's summary.json. */
export interface CaseMetrics {
  /** By label (`1`) or region (`(1, 2)`). */
  metrics: Record<string, OverlapMetrics>;
  prediction_file: string;
  reference_file: string;
}

/** What a case is evaluated from. */
export interface EvaluateCaseOptions {
  /** Whole numbers, of any shape, flat; reference and prediction in the same order. */
  reference: ArrayLike<number>;
  prediction: ArrayLike<number>;
  /** Labels, or regions as lists of labels. */
  labels: readonly (number | readonly number[])[];
  /** Voxels of this reference label count nowhere. */
  ignoreLabel?: number;
  /** Recorded in the result. */
  referenceFile?: string;
  predictionFile?: string;
}

/**
 * Compares a predicted with a reference segmentation as nnU-Net's evaluation does.
 *
 * @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid`
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, compute_metrics
 */
export function evaluateCase(options: EvaluateCaseOptions): CaseMetrics {
  checkGiven(options, evaluateCaseOptionsRule);

  const { reference, prediction, labels, ignoreLabel, referenceFile = '', predictionFile = '' } = options;
  checkLabels({ reference, prediction });
  const entries = labels.map((label) => {
    const { counts } = markMasks({ reference, prediction, label, ignoreLabel });
    return [labelKey(label), overlap(counts)] as const;
  });
  return { metrics: Object.fromEntries(entries), prediction_file: predictionFile, reference_file: referenceFile };
}

function overlap({ tp: TP, fp: FP, fn: FN, tn: TN }: OverlapCounts): OverlapMetrics {
  const defined = TP + FP + FN > 0;
  return {
    Dice: defined ? (2 * TP) / (2 * TP + FP + FN) : NaN,
    FN,
    FP,
    IoU: defined ? TP / (TP + FP + FN) : NaN,
    TN,
    TP,
    n_pred: TP + FP,
    n_ref: TP + FN,
  };
}

/** What {@link EvaluateCaseOptions} must be. */
export const evaluateCaseOptionsRule = {
  reference: 'numbers',
  prediction: 'numbers',
  labels: ['label'],
  'ignoreLabel?': 'finite number',
  'referenceFile?': 'string',
  'predictionFile?': 'string',
};

/** What {@link CaseMetrics} must be. */
export const caseMetricsRule = { metrics: 'object', prediction_file: 'string', reference_file: 'string' };
