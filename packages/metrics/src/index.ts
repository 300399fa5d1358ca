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
export type { ScoredLabels } from './classification/checked.js';
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
export { rocAuc, rocCurve, type RocCurve } from './classification/roc.js';
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
export { panopticQuality, type PanopticQuality } from './instances/panoptic-quality.js';
export {
  bootstrapInterval,
  pairedBootstrap,
  type BootstrapOptions,
  type PairedBootstrapOptions,
} from './intervals/bootstrap.js';
export { delongInterval, delongTest } from './intervals/delong.js';
export type { Interval } from './intervals/interval.js';
export { mcnemar, type McNemar } from './intervals/mcnemar.js';
export { clopperPearsonInterval, wilsonInterval, type Proportion } from './intervals/proportions.js';
export {
  evaluateCase,
  labelKey,
  type CaseMetrics,
  type EvaluateCaseOptions,
  type OverlapMetrics,
} from './nnunet/evaluate-case.js';
export { summarizeCases, type EvaluationSummary } from './nnunet/summarize-cases.js';
