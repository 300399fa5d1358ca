import { checkGiven } from '../check-given.js';
import { boundaryIouOf } from './boundary-iou.js';
import { centerlineDiceOf } from './cl-dice.js';
import { checkConvention, type Convention, type ConventionOptions, type EmptyMask } from './convention.js';
import { labelKey } from './label-key.js';
import { markMasks, maskGridRule, type Label, type OverlapCounts } from './masks.js';
import { overlapScores, type OverlapScores } from './overlap.js';
import { surfaceMetricsOf, type SurfaceMetrics, type SurfaceMetricsOptions } from './surface-metrics.js';

/** A case and what is wanted of it. */
export interface EvaluateSegmentationOptions extends Omit<SurfaceMetricsOptions, 'label'>, ConventionOptions {
  /** Labels, or regions as lists of labels. */
  labels: readonly Label[];
  /** Boundary IoU's width as a share of the diagonal; false leaves it out. Default 0.02. */
  dilationRatio?: number | false;
  /** Whether skeletons are made for clDice, which takes longest. Default false. */
  centerline?: boolean;
}

/** All metrics of one label or region. */
export interface LabelMetrics
  extends OverlapScores, Pick<SurfaceMetrics, 'hausdorff' | 'averageDistance' | 'surfaceDice'> {
  counts: OverlapCounts;
  /** Absent unless asked for. */
  boundaryIou?: number;
  centerlineDice?: number;
  convention: Convention;
  emptyMask: EmptyMask;
}

/** All metrics of a case. */
export interface SegmentationMetrics {
  /** By label (`1`) or region (`(1, 2)`). */
  labels: Record<string, LabelMetrics>;
  convention: Convention;
}

/**
 * Everything this package measures of a predicted segmentation, by label or region: overlap, all distances from two distance
 * transforms a label, boundary IoU and, if asked for, clDice.
 *
 * @throws MetricsError as {@link surfaceMetrics} and {@link boundaryIou}
 */
export function evaluateSegmentation(given: EvaluateSegmentationOptions): SegmentationMetrics {
  checkGiven({ given }, { given: maskGridRule });
  const { labels, dilationRatio = 0.02, centerline = false, ...options } = given;
  checkGiven({ labels }, { labels: ['label'] });

  const settings = checkConvention(options);
  const metricsOf = (label: Label): LabelMetrics => {
    const pair = { ...options, ...settings, label };
    const masks = markMasks(pair);
    const { hausdorff, averageDistance, surfaceDice } = surfaceMetricsOf(masks, pair);
    return {
      counts: masks.counts,
      ...overlapScores(masks.counts, settings),
      hausdorff,
      averageDistance,
      surfaceDice,
      boundaryIou: dilationRatio === false ? undefined : boundaryIouOf(masks, { ...pair, dilationRatio }),
      centerlineDice: centerline ? centerlineDiceOf(masks, pair).value : undefined,
    };
  };
  return {
    labels: Object.fromEntries(labels.map((label) => [labelKey(label), metricsOf(label)])),
    convention: settings.convention,
  };
}
