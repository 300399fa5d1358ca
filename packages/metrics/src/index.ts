export {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  hammingLoss,
  matthewsCorrelation,
} from './classification/agreement.js';
export {
  calibrationCurve,
  calibrationError,
  type CalibrationBin,
  type CalibrationOptions,
} from './classification/calibration.js';
export type { ScoredLabels } from './scored-labels.js';
export {
  confusionMatrix,
  normalizeConfusion,
  type Classified,
  type ConfusionMatrix,
} from './classification/confusion-matrix.js';
export { diagnosticAccuracy, type DiagnosticAccuracy } from './classification/diagnostic-accuracy.js';
export {
  averagePrecisionOneVersusRest,
  rocAucOneVersusOne,
  rocAucOneVersusRest,
  topKAccuracy,
  type OneVersusRest,
} from './classification/multiclass.js';
export { atSensitivity, atSpecificity, youden, type OperatingPoint } from './classification/operating-point.js';
export {
  precisionRecall,
  type PrecisionRecall,
  type PrecisionRecallReport,
} from './classification/precision-recall.js';
export {
  areaUnderCurve,
  averagePrecision,
  precisionRecallCurve,
  type PrecisionRecallCurve,
} from './classification/precision-recall-curve.js';
export { brierScore, logLoss, type ClassProbabilities } from './classification/probabilities.js';
export { reliabilityCurve, type ReliabilityBin } from './classification/reliability-curve.js';
export { rocAuc, rocCurve, type RocCurve } from './classification/roc.js';
export { fitTemperature, type ClassLogits } from './classification/temperature-scaling.js';
export type { CocoDetection, CocoGroundTruth, ToRuns } from './detection/coco-input.js';
export {
  evaluateCoco,
  type CocoCategory,
  type CocoEvaluation,
  type CocoFigures,
  type EvaluateCocoOptions,
} from './detection/evaluate-coco.js';
export { froc, type Froc, type FrocInput } from './detection/froc.js';
export { boxIou, maskIou, type Box, type Runs } from './detection/overlap.js';
export { MetricsError } from './errors.js';
export { labelComponents, type Components, type Connectivity } from './instances/label-components.js';
export {
  matchInstances,
  type InstanceMaps,
  type InstanceMatch,
  type InstanceMatching,
} from './instances/match-instances.js';
export { panopticQuality, type PanopticQuality, type PanopticQualityOptions } from './instances/panoptic-quality.js';
export {
  bootstrapInterval,
  pairedBootstrap,
  type BootstrapOptions,
  type PairedBootstrapOptions,
} from './intervals/bootstrap.js';
export { delongDifference, delongInterval, delongTest, type PairedScores } from './intervals/delong.js';
export type { Interval } from './intervals/interval.js';
export { meanWithInterval, type MeanInterval, type MeanWithIntervalOptions } from './intervals/mean-with-interval.js';
export { mcnemar, type McNemar } from './intervals/mcnemar.js';
export {
  clopperPearsonInterval,
  proportionInterval,
  wilsonInterval,
  type Proportion,
  type ProportionMethod,
} from './intervals/proportions.js';
export { studentInterval } from './intervals/student.js';
export {
  evaluateCase,
  type CaseMetrics,
  type EvaluateCaseOptions,
  type OverlapMetrics,
} from './nnunet/evaluate-case.js';
export { RunningSummary } from './nnunet/running-summary.js';
export { summarizeCases, type EvaluationSummary, type SummarizeCasesOptions } from './nnunet/summarize-cases.js';
export {
  summarizeLesions,
  type FalseMarks,
  type LesionMeasures,
  type LesionSummary,
  type SummarizeLesionsOptions,
} from './nnunet/summarize-lesions.js';
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
export { labelKey } from './segmentation/label-key.js';
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
export { RunningConfusion } from './streaming/running-confusion.js';
export type { Statistics } from './streaming/running-number.js';
export { RunningScores } from './streaming/running-scores.js';
export { RunningStatistics } from './streaming/running-statistics.js';
export { toCsv } from './tables/csv.js';
export type { Cell } from './tables/leaves.js';
export { toMarkdown } from './tables/markdown.js';
export { toTable, type Table } from './tables/table.js';
