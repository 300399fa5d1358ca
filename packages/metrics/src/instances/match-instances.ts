import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { assign } from './assign.js';

/** A reference instance and the predicted one that was found for it. */
export interface InstanceMatch {
  /** Their labels in the maps. */
  reference: number;
  prediction: number;
  iou: number;
  dice: number;
}

/** Which instances belong together. */
export interface InstanceMatching {
  matches: InstanceMatch[];
  referenceInstances: number;
  predictedInstances: number;
}

/** Two maps of instances: 0 is background, every other number an instance. */
export interface InstanceMaps {
  reference: ArrayLike<number>;
  prediction: ArrayLike<number>;
  /** Least IoU of a match, above 0. Default 0.5, where every instance has at most one candidate. */
  iouThreshold?: number;
  /** `greedy` takes the pairs by falling IoU; `optimal` the one-to-one pairs of the largest IoU in sum. Default `greedy`. */
  matching?: 'greedy' | 'optimal';
}

/**
 * Matches predicted with reference instances one to one by IoU.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `option-invalid`
 */
export function matchInstances(options: InstanceMaps): InstanceMatching {
  const { reference, prediction, iouThreshold = 0.5, matching = 'greedy' } = checkGiven(options, instanceMapsRule);

  if (!(iouThreshold > 0 && iouThreshold <= 1)) {
    throw new MetricsError(`The IoU threshold is ${iouThreshold}.`, {
      code: 'option-invalid',
      remedy: 'Give more than 0, at most 1.',
    });
  }
  const { pairs, references, predictions } = countOverlaps(reference, prediction);
  const candidates = pairs.flatMap(({ first, second, voxels }): InstanceMatch[] => {
    const sizes = references.get(first)! + predictions.get(second)!;
    const iou = voxels / (sizes - voxels);
    return iou >= iouThreshold ? [{ reference: first, prediction: second, iou, dice: (2 * voxels) / sizes }] : [];
  });
  const matches = matching === 'greedy' ? takeGreedily(candidates) : takeOptimally(candidates);
  return { matches, referenceInstances: references.size, predictedInstances: predictions.size };
}

interface Overlaps {
  pairs: { first: number; second: number; voxels: number }[];
  references: Map<number, number>;
  predictions: Map<number, number>;
}

function countOverlaps(reference: ArrayLike<number>, prediction: ArrayLike<number>): Overlaps {
  if (reference.length !== prediction.length) {
    throw new MetricsError(`The reference has ${reference.length} voxels, the prediction ${prediction.length}.`, {
      code: 'length-mismatch',
      remedy: 'Both must lie on the same grid.',
    });
  }
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const [references, predictions] = [new Map<number, number>(), new Map<number, number>()];
  const together = new Map<number, Map<number, number>>();
  for (let i = 0; i < reference.length; i += 1) {
    const [first, second] = [reference[i], prediction[i]];
    if (!Number.isInteger(first) || !Number.isInteger(second)) {
      throw new MetricsError(`Voxel ${i} has the labels ${first} and ${second}.`, {
        code: 'label-invalid',
        remedy: 'Give whole numbers.',
      });
    }
    if (first !== 0) {
      count(references, first);
    }
    if (second !== 0) {
      count(predictions, second);
    }
    if (first === 0 || second === 0) {
      continue;
    }
    if (!together.has(first)) {
      together.set(first, new Map());
    }
    count(together.get(first)!, second);
  }
  const pairs = [...together].flatMap(([first, others]) =>
    [...others].map(([second, voxels]) => ({ first, second, voxels })),
  );
  return { pairs, references, predictions };
}

function takeGreedily(candidates: readonly InstanceMatch[]): InstanceMatch[] {
  const [references, predictions] = [new Set<number>(), new Set<number>()];
  return [...candidates]
    .sort((a, b) => b.iou - a.iou)
    .filter(({ reference, prediction }) => {
      if (references.has(reference) || predictions.has(prediction)) {
        return false;
      }
      references.add(reference);
      predictions.add(prediction);
      return true;
    });
}

function takeOptimally(candidates: readonly InstanceMatch[]): InstanceMatch[] {
  const rows = [...new Set(candidates.map(({ reference }) => reference))];
  const columns = [...new Set(candidates.map(({ prediction }) => prediction))];
  const at = (row: number, column: number) =>
    candidates.find(({ reference, prediction }) => reference === rows[row] && prediction === columns[column]);
  const table = rows.map((_, row) => columns.map((__, column) => at(row, column)));
  const columnOf = assign(table.map((row) => row.map((match) => match?.iou ?? 0)));
  return columnOf.flatMap((column, row) => (column < 0 ? [] : (table[row][column] ?? [])));
}

/** What {@link InstanceMaps} must be, and what is measured of pairs. */
export const instanceMapsRule = {
  reference: 'numbers',
  prediction: 'numbers',
  'distance?': 'function',
};
