export { readDataset, type DatasetCase, type RawDataset, type ReadDatasetOptions } from './dataset/read-dataset.js';
export {
  readImage,
  readSegmentation,
  type ImageVolume,
  type ReadImageOptions,
  type SegmentationVolume,
} from './dataset/read-image.js';
export { orientation, rasAffine, undoReorientation } from './dataset/reorient.js';
export type { VolumeFile } from './dataset/volume-file.js';
export { NnunetPlannerError } from './errors.js';
export { exportPrediction, labelsOfProbabilities, type ExportedPrediction } from './export/export-prediction.js';
export { exportToNextStage, type NextStageLabels } from './export/export-to-next-stage.js';
export { cropToNonzero, type Cropped } from './fingerprint/crop-to-nonzero.js';
export { extractFingerprint, type ExtractFingerprintOptions } from './fingerprint/extract-fingerprint.js';
export {
  verifyDatasetIntegrity,
  type IntegrityReport,
  type VerifyDatasetIntegrityOptions,
} from './integrity/verify-dataset-integrity.js';
export type { LongTask } from './cases/long-task.js';
export { planAndPreprocess, type PlanAndPreprocessOptions } from './plan-and-preprocess.js';
export { planDataset, type PlanDatasetOptions, type PlannedDataset } from './plan-dataset.js';
export { explainPlan } from './planning/explain-plan.js';
export { featureMapElements, type CountedNetwork } from './planning/feature-map-elements.js';
export { networkTopology, type NetworkTopology } from './planning/network-topology.js';
export { planForCpu, type CpuPlan } from './planning/plan-for-cpu.js';
export { planExperiment, type PlanExperimentOptions } from './planning/plan-experiment.js';
export { plannerNames, type PlannerName } from './planning/planner-presets.js';
export {
  listPreprocessedCases,
  readPreprocessedCase,
  writePreprocessedCase,
  type PreprocessedCase,
} from './preprocessing/case-files.js';
export type { ClassLocations } from './preprocessing/class-locations.js';
export { preprocessDataset, type PreprocessDatasetOptions } from './preprocessing/preprocess-dataset.js';
export {
  preprocessImage,
  type ImageToPreprocess,
  type PreprocessedImage,
  type PreprocessingPlan,
} from './preprocessing/preprocess-image.js';
export { resample, shapeAtSpacing, type ResampleRequest } from './resampling/resample.js';
export type { Voxels } from './resampling/resize-volume.js';
