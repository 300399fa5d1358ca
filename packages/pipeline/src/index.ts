export { PipelineError } from './errors.js';
export { program } from './program.js';
export type { Manifest } from './run/manifest.js';
export { openRun, type OpenRunOptions } from './run/open-run.js';
export type { RunContext } from './run/run-context.js';
export type { RunPaths } from './run/run-paths.js';
export type { CocoData, StudyData } from './run/study-data.js';
export { runPipeline, type RunOptions } from './run-pipeline.js';
export { radiographSettings, syntheticSettings } from './settings/default-settings.js';
export { readSettings } from './settings/read-settings.js';
export { resolveSettings } from './settings/resolve-settings.js';
export type { RunSettings } from './settings/run-settings.js';
export { settingsJsonSchema } from './settings/settings-json-schema.js';
export { auditRun } from './stages/audit-run.js';
export { trainClassifiers, type ClassifierResult } from './stages/classify.js';
export { checkStudy } from './stages/check-study.js';
export { casesByFile, convertAtlas } from './stages/convert-atlas.js';
export { drawClassificationSet } from './stages/draw-classification-set.js';
export { evaluateClassifiers, type ClassifierComparison } from './stages/evaluate-classifiers.js';
export {
  evaluateStudySegmentation,
  type FalseAlarms,
  type SegmentationResults,
} from './stages/evaluate-segmentation.js';
export { openAtlas, type StudyAtlas } from './stages/open-atlas.js';
export { planDataset } from './stages/plan-dataset.js';
export { predictHeldOut } from './stages/predict-held-out.js';
export { predictProbabilities } from './stages/predict-probabilities.js';
export { splitAtlas } from './stages/split-atlas.js';
export { trainStudyFolds } from './stages/train-folds.js';
