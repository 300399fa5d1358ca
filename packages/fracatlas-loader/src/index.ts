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
