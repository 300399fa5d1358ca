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
export { summarizeCases, type EvaluationSummary } from './nnunet/summarize-cases.js';
