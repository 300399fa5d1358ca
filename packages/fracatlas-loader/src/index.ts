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
  type RunLengthMask,
  type View,
} from './atlas.js';
export { FracatlasLoaderError } from './errors.js';
export { loadFracAtlas } from './load/load-fracatlas.js';
export type { Progress, TaskOptions } from './progress.js';
export { makeSyntheticAtlas, type SyntheticAtlasOptions } from './synthetic/make-synthetic-atlas.js';
export type { SyntheticTruth } from './synthetic/synthetic-truth.js';
export { balancedSet, type BalancedSetOptions } from './splits/balanced-set.js';
export { fingerprintOf } from './splits/fingerprint.js';
export { groupRecords, type GroupOptions } from './splits/group-records.js';
export { holdOut, type HoldOutOptions } from './splits/hold-out.js';
export { kFold, trainingFolds, type KFoldOptions } from './splits/k-fold.js';
export { officialSplit } from './splits/official-split.js';
export type { Split, SplitRecord } from './splits/split.js';
