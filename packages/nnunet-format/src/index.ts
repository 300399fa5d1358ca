export { NnunetFormatError } from './errors.js';
export { channelFileName, groupChannelFiles, parseChannelFileName, type CaseFiles } from './cases/case-file-names.js';
export { type BoundingBox, type CaseProperties } from './cases/case-properties.js';
export { readGridOfProperties, writeCaseProperties, type CaseGeometry } from './cases/case-properties-pickle.js';
export type { ImageGrid } from './cases/image-grid.js';
export {
  encodeInferenceInformation,
  type CandidateModel,
  type InferenceInformation,
} from './cross-validation/inference-information.js';
export { inferenceInstructions } from './cross-validation/inference-instructions.js';
export { checkChannelDeclaration } from './plans/check-channel-declaration.js';
export { readDatasetJson, type DatasetJson, type ReadDatasetJsonOptions } from './dataset/dataset-json.js';
export { readImageConversion, type ImageConversion } from './dataset/image-conversion.js';
export { writeDatasetJson } from './dataset/write-dataset-json.js';
export { readerNames, type ReaderName } from './dataset/reader-names.js';
export { encodeSummary, readSummary } from './evaluation/summary-json.js';
export { type DatasetFingerprint, type IntensityProperties } from './fingerprint/dataset-fingerprint.js';
export { readFingerprint } from './fingerprint/read-fingerprint.js';
export { encodeFingerprint, writeFingerprint } from './fingerprint/write-fingerprint.js';
export { datasetFolders, type DatasetFolders } from './folders/dataset-folders.js';
export { datasetName } from './folders/dataset-name.js';
export {
  nnunetFolder,
  nnunetFoldersOf,
  nnunetVariables,
  type FolderKind,
  type NnunetFolders,
} from './folders/nnunet-folders.js';
export { foregroundClasses, type ForegroundClass, type LabelSet } from './labels/label-set.js';
export { readLabels, type LabelDeclaration } from './labels/read-labels.js';
export { foldFolder, parseFoldFolder, parseFoldName, type FoldName } from './models/fold-name.js';
export { formatModelName, parseModelName, type ModelName } from './models/model-name.js';
export { checkNetworkPlans } from './plans/check-network-plans.js';
export { divisors, readArchitecture, type UnetArchitecture } from './plans/architecture.js';
export { describeArchitecture } from './plans/describe-architecture.js';
export { countInputChannels, previousStageLabels, type ChannelDeclaration } from './plans/input-channels.js';
export type {
  ArchitectureBlock,
  DeclaredConfiguration,
  NetworkConfiguration,
  NetworkPlans,
  PlanConfiguration,
  Plans,
  ResamplingArguments,
} from './plans/plans.js';
export { readPlans, readPlansIfAny } from './plans/read-plans.js';
export { resolveConfiguration, resolveNetworkConfiguration } from './plans/resolve-configuration.js';
export { encodePlans, writePlans } from './plans/write-plans.js';
export {
  readPostprocessing,
  writePostprocessing,
  type DeterminedPostprocessing,
} from './postprocessing/postprocessing-files.js';
export type { PostprocessingStep } from './postprocessing/postprocessing-step.js';
export { encodePredictionArguments, type PredictionArguments } from './prediction/prediction-arguments.js';
export { sharedCases, type FoldSplit } from './splits/fold-split.js';
export { generateSplits, randomSplit } from './splits/generate-splits.js';
export { readSplits, readSplitsIfAny } from './splits/read-splits.js';
export { writeSplits } from './splits/write-splits.js';
export { datasetJsonRule } from './dataset/dataset-json.js';
export { plansRule } from './plans/plans.js';
export { datasetFingerprintRule } from './fingerprint/dataset-fingerprint.js';
export { casePropertiesRule } from './cases/case-properties.js';
