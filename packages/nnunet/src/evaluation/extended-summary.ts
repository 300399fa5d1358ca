import { evaluateSegmentation, meanWithInterval, type LabelMetrics, type MeanInterval } from '@fractura/metrics';
import type { ImageVolume } from '@fractura/nnunet-planner';
import type { FalseAlarms } from './false-alarms.js';

/** Measures of one label in one case; distances in the unit of the spacing, shares as fractions, NaN where not defined. */
export type ExtendedMeasures = Record<string, number>;

/** What nnU-Net's summary does not have: distances, and how sure the means are. */
export interface ExtendedSummary {
  /** Whose definitions count for empty masks and percentiles. */
  convention: string;
  /** By label and measure the mean over the cases where it is defined, with its 95 % bootstrap interval. */
  mean: Record<string, Record<string, MeanInterval>>;
  cases: { case: string; labels: Record<string, ExtendedMeasures> }[];
  /** By label: what is predicted where the reference is empty, which no overlap measures. */
  falseAlarms: Record<string, FalseAlarms>;
}

/** Two segmentations on one grid and which labels, or regions as lists of labels, to compare. */
export interface ExtendedCase {
  reference: ImageVolume;
  prediction: ArrayLike<number>;
  labels: readonly (number | readonly number[])[];
  ignoreLabel?: number | undefined;
}

/** Overlap, surface distances, surface Dice at 1 and boundary IoU by label. A volume of one slice is measured in 2D. */
export function extendedMeasures({
  reference,
  prediction,
  labels,
  ignoreLabel,
}: ExtendedCase): Record<string, ExtendedMeasures> {
  const [, ...shape] = reference.shape;
  const flat = shape[0] === 1 ? 1 : 0;
  const { labels: measured } = evaluateSegmentation({
    reference: reference.data,
    prediction,
    labels,
    shape: shape.slice(flat),
    spacing: reference.spacing.slice(flat),
    ignoreLabel,
  });
  return Object.fromEntries(Object.entries(measured).map(([label, metrics]) => [label, measuresOf(metrics)]));
}

function measuresOf({
  hausdorff,
  averageDistance,
  surfaceDice,
  boundaryIou,
  ...overlap
}: LabelMetrics): ExtendedMeasures {
  const { dice, iou, precision, recall, specificity, volumeSimilarity } = overlap;
  const measures: ExtendedMeasures = {
    dice,
    iou,
    precision,
    recall,
    specificity,
    volumeSimilarity,
    hausdorff: hausdorff['100'].symmetric,
    hausdorff95: hausdorff['95'].symmetric,
    averageSurfaceDistance: averageDistance.symmetric,
    meanAverageSurfaceDistance: averageDistance.mean,
    surfaceDice: surfaceDice['1'].symmetric,
  };
  if (boundaryIou !== undefined) {
    measures.boundaryIou = boundaryIou;
  }
  return measures;
}

/** Means over the cases with their bootstrap intervals (2000 resamples, seed 0, so that the same folders give the same). */
export function extendedSummary(cases: ExtendedSummary['cases']): Omit<ExtendedSummary, 'falseAlarms'> {
  const mean: ExtendedSummary['mean'] = {};
  for (const [label, measures] of Object.entries(cases[0]?.labels ?? {})) {
    mean[label] = {};
    for (const name of Object.keys(measures)) {
      const interval = meanWithInterval(cases.map(({ labels }) => labels[label][name]));
      if (interval.cases > 0) {
        mean[label][name] = interval;
      }
    }
  }
  return { convention: 'nnunet', mean, cases };
}
