export type { ProgressTask } from '@fractura/command-line';
export { convertMsdDataset, type ConvertMsdDatasetOptions } from './conversion/convert-msd-dataset.js';
export {
  accumulateFolds,
  crossValidationFolder,
  type AccumulatedFolds,
  type AccumulateFoldsOptions,
} from './cross-validation/accumulate-folds.js';
export {
  findBestConfiguration,
  type FindBestConfigurationOptions,
} from './cross-validation/find-best-configuration.js';
export type { CommandJob } from './jobs/command-job.js';
export { jobsOfCommand } from './jobs/jobs-of-command.js';
export { encoderSettings, type EncoderValues } from './commands/encoder-options.js';
export { chooseCutoff, type ChooseCutoffOptions } from './cutoff/choose-cutoff.js';
export { chooseModelCutoff, type ChooseModelCutoffOptions } from './cutoff/choose-model-cutoff.js';
export { readCutoff, type Cutoff } from './cutoff/cutoff-file.js';
export {
  evaluatePresence,
  type EvaluatePresenceOptions,
  type JudgedCase,
  type PresenceEvaluation,
} from './cutoff/evaluate-presence.js';
export { foregroundProbability } from './cutoff/foreground-probability.js';
export { readFoldPredictions, type CasePrediction, type FoldPredictions } from './cutoff/fold-predictions.js';
export { presenceProbability, type WholeImage } from './cutoff/presence-probability.js';
export { diceAt, thresholds, type ThresholdCounts } from './cutoff/threshold-counts.js';
export { ensembleFolders, type EnsembleFoldersOptions } from './ensemble/ensemble-folders.js';
export { NnunetError } from './errors.js';
export { evaluateFolder, type EvaluateFolderOptions, type FolderEvaluation } from './evaluation/evaluate-folder.js';
export type { ExtendedMeasures, ExtendedSummary } from './evaluation/extended-summary.js';
export type { FalseAlarms } from './evaluation/false-alarms.js';
export { loadModel, selectFolds, type LoadModelOptions, type TrainedModel } from './model/load-model.js';
export { openOnnxNetworks, type OnnxNetworks } from './model/onnx-networks.js';
export {
  applyPostprocessing,
  type AppliedPostprocessing,
  type ApplyPostprocessingOptions,
} from './postprocessing/apply-postprocessing.js';
export {
  determinePostprocessing,
  type DeterminePostprocessingOptions,
} from './postprocessing/determine-postprocessing.js';
export { plotOverlays, type PlotOverlaysOptions } from './overlays/plot-overlays.js';
export { writeModelPage, type WriteModelPageOptions } from './page/write-model-page.js';
export { labelRadiograph, type LabelledRadiograph } from './prediction/label-radiograph.js';
export { conversionOfModel, type ModelConversion } from './prediction/conversion-of-model.js';
export {
  predictCase,
  type PredictCaseOptions,
  type PredictedCase,
  type PredictionSettings,
} from './prediction/predict-case.js';
export { predictFolder, type PredictFolderOptions } from './prediction/predict-folder.js';
export { presenceOf, type Presence } from './prediction/presence-of.js';
export { radiographProbabilities } from './prediction/radiograph-probabilities.js';
export { predictFilm, type PredictedRadiograph, type PredictFilmOptions } from './prediction/predict-film.js';
export { predictRadiograph, type PredictRadiographOptions } from './prediction/predict-radiograph.js';
export {
  writeRadiographLabels,
  type RadiographLabelFiles,
  type WriteRadiographLabelsOptions,
} from './prediction/write-radiograph-labels.js';
export { drawOverlay, type OverlayOptions } from './radiographs/draw-overlay.js';
export { findLesions, type Lesion } from './radiographs/find-lesions.js';
export {
  predictRadiographs,
  type PredictedRadiographs,
  type PredictRadiographsOptions,
} from './radiographs/predict-radiographs.js';
export type { FailedRadiograph, RadiographPrediction } from './radiographs/radiograph-prediction.js';
export { completeReporting, type Reporting } from './reporting.js';
export { exportModelToZip, type ExportModelToZipOptions } from './sharing/export-model-to-zip.js';
export { installModelFromZip, type InstallModelFromZipOptions } from './sharing/install-model-from-zip.js';
export { dryRun, type DryRun, type DryRunOptions } from './training/dry-run.js';
export type { FoldProgress, FoldTraining, TrainedFold, ValidatedFold } from './training/fold-job.js';
export { openTraining, type OpenTrainingOptions, type Training } from './training/open-training.js';
export { trainFolds, type TrainFoldsOptions } from './training/train-folds.js';
export { chooseTrainer, recipeNames, trainerOfRecipe, type RecipeName, type Trainer } from './training/trainer.js';
export type { FoldProcessSettings, TrainingSettings, ValidationSettings } from './training/training-settings.js';
export { validateFolds, type ValidateFoldsOptions } from './training/validate-folds.js';
export { compactModel, type CompactCheckpoint, type CompactModelOptions } from './weights/compact-model.js';
export { convertCheckpoint, type ConvertCheckpointOptions } from './weights/convert-checkpoint.js';
export { convertModelFolder, type ConvertModelFolderOptions } from './weights/convert-model-folder.js';
export { exportModel, type ExportModelOptions } from './weights/export-model.js';
