export type { ScoredLabels } from './classification/checked.js';
export { confusionMatrix, type Classified } from './classification/confusion-matrix.js';
export { brierScore, calibrationError, logLoss } from './classification/probabilities.js';
export {
  averagePrecision,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
  youden,
  type RocCurve,
} from './classification/roc.js';
export {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  matthewsCorrelation,
  precisionRecallF1,
  type PrecisionRecallF1,
} from './classification/scores.js';
export { MetricsError } from './errors.js';
export {
  bootstrapInterval,
  pairedBootstrap,
  type BootstrapOptions,
  type PairedBootstrapOptions,
} from './intervals/bootstrap.js';
export { delongInterval, delongTest } from './intervals/delong.js';
export type { Interval } from './intervals/interval.js';
export { mcnemar } from './intervals/mcnemar.js';
export { clopperPearsonInterval, wilsonInterval, type Proportion } from './intervals/proportions.js';
export {
  evaluateCase,
  labelKey,
  type CaseMetrics,
  type EvaluateCaseOptions,
  type OverlapMetrics,
} from './nnunet/evaluate-case.js';
export { RunningSummary } from './nnunet/running-summary.js';
export { summarizeCases, type EvaluationSummary } from './nnunet/summarize-cases.js';
export { maskBorder, type MaskOptions } from './segmentation/border.js';
export { boundaryIou, type BoundaryOptions } from './segmentation/boundary-iou.js';
export { centerlineDice, type CenterlineDice } from './segmentation/cl-dice.js';
export type { Convention, ConventionOptions, EmptyMask, Score } from './segmentation/convention.js';
export { distanceTransform, type DistanceMetric } from './segmentation/distance-transform.js';
export {
  evaluateSegmentation,
  type EvaluateSegmentationOptions,
  type LabelMetrics,
  type SegmentationMetrics,
} from './segmentation/evaluate-segmentation.js';
export type { Grid } from './segmentation/grid.js';
export type { Label, MaskPair, OverlapCounts } from './segmentation/masks.js';
export {
  dice,
  falseNegativeRate,
  falsePositiveRate,
  iou,
  overlapCounts,
  overlapScores,
  precision,
  recall,
  relativeVolumeDifference,
  specificity,
  volumeSimilarity,
  type OverlapOptions,
  type OverlapScores,
} from './segmentation/overlap.js';
export { skeletonize } from './segmentation/skeletonize.js';
export {
  surfaceMetrics,
  type DirectedValue,
  type SurfaceMetrics,
  type SurfaceMetricsOptions,
  type SurfaceOptions,
} from './segmentation/surface-metrics.js';
export {
  averageSurfaceDistance,
  hausdorffDistance,
  meanAverageSurfaceDistance,
  normalizedSurfaceDice,
  type SurfacePair,
} from './segmentation/surface-scores.js';
export type { SurfaceKind } from './segmentation/surface.js';
export type { Statistics } from './streaming/running-number.js';
export { RunningStatistics } from './streaming/running-statistics.js';
export { toCsv } from './tables/csv.js';
export type { Cell } from './tables/leaves.js';
export { toMarkdown } from './tables/markdown.js';
export { toTable, type Table } from './tables/table.js';
