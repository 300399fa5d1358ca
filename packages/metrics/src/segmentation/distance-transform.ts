import { checkGiven } from '../check-given.js';
import { binaryMask, maskOptionsRule, type MaskOptions } from './border.js';
import { chamferDistances } from './chamfer.js';
import { checkChoice } from './convention.js';
import { squaredDistances } from './euclidean.js';
import { withMargin } from './grid.js';

/** How far apart voxels are: in the unit of the spacing, or in steps, over faces (`taxicab`) or corners too. */
export type DistanceMetric = 'euclidean' | 'chessboard' | 'taxicab';

/** @throws MetricsError `metric-unknown` */
export const checkMetric = (metric: DistanceMetric): void => {
  checkChoice('metric', metric, ['euclidean', 'chessboard', 'taxicab']);
};

/**
 * The distance of each foreground voxel to the nearest background voxel of the image, exact: as scipy.ndimage's
 * `distance_transform_edt` and `distance_transform_cdt`.
 *
 * @returns As long as the mask; 0 in the background, Infinity everywhere where there is no background.
 * @throws MetricsError `shape-invalid`, `spacing-invalid`, `length-mismatch`, `mask-empty`, `label-invalid`,
 * `metric-unknown`
 */
export function distanceTransform(given: MaskOptions & { metric?: DistanceMetric }): Float64Array {
  checkGiven(given, maskOptionsRule);
  const { metric = 'euclidean', ...options } = given;

  checkMetric(metric);
  const { marks, volume } = binaryMask(options);
  if (metric === 'euclidean') {
    return squaredDistances(indicesOfBackground(marks), volume.shape, volume.spacing).map(Math.sqrt);
  }
  const background = marks.map((mark) => 1 - mark);
  const distances = new Float64Array(marks.length);
  const { marks: features, shape, indexInVolume } = withMargin(background, volume);
  const inside = withMargin(new Uint8Array(marks.length).fill(1), volume).marks;
  const padded = chamferDistances(features, shape, metric);
  for (let i = 0; i < padded.length; i += 1) {
    if (inside[i]) {
      distances[indexInVolume(i)] = padded[i];
    }
  }
  return distances;
}

function indicesOfBackground(marks: Uint8Array): Uint32Array {
  const indices = new Uint32Array(marks.length);
  let count = 0;
  for (let i = 0; i < marks.length; i += 1) {
    if (marks[i] === 0) {
      indices[count] = i;
      count += 1;
    }
  }
  return indices.subarray(0, count);
}
