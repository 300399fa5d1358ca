export {
  bodyParts,
  views,
  type Atlas,
  type AtlasAnnotation,
  type AtlasConflict,
  type AtlasRecord,
  type AtlasSources,
  type BodyPart,
  type ConflictKind,
  type OfficialSplit,
  type View,
} from './atlas.js';
export { auditAtlas, type AtlasAudit, type AuditOptions } from './audit/audit-atlas.js';
export type { DuplicatePair } from './audit/find-duplicates.js';
export type { Finding, Severity } from './audit/finding.js';
export { FracatlasLoaderError } from './errors.js';
export { exploreAtlas, type AtlasExploration, type LabelCount } from './explore/explore-atlas.js';
export type { Summary } from './explore/summary.js';
export { atlasLayout, type AtlasLayout } from './load/layout.js';
export { loadCocoFolder, type CocoFolderOptions } from './load/load-coco-folder.js';
export { loadFracAtlas } from './load/load-fracatlas.js';
export type { LoadOptions } from './load/read-headers.js';
export { duplicateThumbnails, type DuplicateThumbnails } from './page/duplicate-thumbnails.js';
export { renderAuditPage } from './page/render-audit-page.js';
export type { Progress, TaskOptions } from '@fractura/concurrency';
export { balancedSet, type BalancedSetOptions, type BalancedSizes } from './splits/balanced-set.js';
export {
  classificationSet,
  type ClassificationImage,
  type ClassificationSetOptions,
} from './splits/classification-set.js';
export { fingerprintOf } from './splits/fingerprint.js';
export { groupNumbers } from './splits/group-numbers.js';
export { groupRecords, type GroupOptions } from './splits/group-records.js';
export { holdOut, type HoldOutOptions } from './splits/hold-out.js';
export { kFold, trainingFolds, type KFoldOptions } from './splits/k-fold.js';
export { officialSplit } from './splits/official-split.js';
export { readAnySplit, type GivenSplit, type ReadAnySplitOptions } from './splits/read-any-split.js';
export { readCases } from './splits/read-cases.js';
export { checkSplit, readSplit, writeSplit } from './splits/split-files.js';
export type { Split, SplitRecord } from './splits/split.js';
export { studySplits, type HeldOutPart, type StudySplits, type StudySplitsOptions } from './splits/study-splits.js';
export { makeSyntheticAtlas, type SyntheticAtlasOptions } from './synthetic/make-synthetic-atlas.js';
export type { SyntheticTruth } from './synthetic/synthetic-truth.js';
