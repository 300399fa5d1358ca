export { readDataset, type DatasetCase, type RawDataset, type ReadDatasetOptions } from './dataset/read-dataset.js';
export {
  readImage,
  readSegmentation,
  type ImageVolume,
  type ReadImageOptions,
  type SegmentationVolume,
} from './dataset/read-image.js';
export { inMillimetres, type GridAsRead } from './dataset/millimetres.js';
export { undoReorientation } from './dataset/reorient.js';
export type { VolumeFile } from './dataset/volume-file.js';
export { NnunetPlannerError } from './errors.js';
export {
  exportPrediction,
  labelsOfProbabilities,
  sigmoid,
  type ExportedPrediction,
  type LabelRule,
} from './export/export-prediction.js';
export { exportToNextStage, type NextStageLabels } from './export/export-to-next-stage.js';
export { cropToNonzero, type Cropped } from './cropping/crop-to-nonzero.js';
export { extractFingerprint, type ExtractFingerprintOptions } from './workflow/extract-fingerprint.js';
export { type IntegrityReport } from './integrity/report-integrity.js';
export { verifyDatasetIntegrity, type VerifyDatasetIntegrityOptions } from './workflow/verify-dataset-integrity.js';
export type { CaseTaskOptions } from './cases/case-task-options.js';
export { movePlans, type MovedPlans, type MovePlansOptions } from './workflow/move-plans.js';
export { planAndPreprocess, type PlanAndPreprocessOptions } from './workflow/plan-and-preprocess.js';
export { planDataset, type PlanDatasetOptions, type PlannedDataset } from './workflow/plan-dataset.js';
export { explainPlan } from './planning/explain-plan.js';
export { featureMapElements, type CountedNetwork } from './planning/feature-map-elements.js';
export { networkTopology, type NetworkTopology } from './planning/network-topology.js';
export { planForCpu, type CpuPlan } from './planning/plan-for-cpu.js';
export { planWholeFilms, type WholeFilmOptions } from './planning/plan-whole-films.js';
export { planExperiment, type PlanExperimentOptions } from './planning/plan-experiment.js';
export { plannerNames, type PlannerName } from './planning/planner-presets.js';
export {
  listPreprocessedCases,
  readPreprocessedCase,
  writePreprocessedCase,
  type PreprocessedCase,
} from './preprocessing/case-files.js';
export type { ClassLocations } from './preprocessing/class-locations.js';
export { preprocessDataset, type PreprocessDatasetOptions } from './workflow/preprocess-dataset.js';
export {
  preprocessImage,
  type ImageToPreprocess,
  type PreprocessedImage,
  type PreprocessingPlan,
} from './preprocessing/preprocess-image.js';
export { resample, shapeAtSpacing, type ResampleRequest } from './resampling/resample.js';
export type { Voxels } from './resampling/resize-volume.js';
