export { SearchError } from './errors.js';
export {
  halvingRungs,
  rankPoints,
  successiveHalving,
  type HalvingOptions,
  type Rung,
  type TrainedRung,
} from './halving/successive-halving.js';
export { gridPoints } from './points/grid-points.js';
export { randomPoints, type RandomPointsOptions } from './points/random-points.js';
export { readSpace } from './space/read-space.js';
export type { Choices, Condition, Parameter, Point, Range, SettingValue, Space } from './space/space.js';
