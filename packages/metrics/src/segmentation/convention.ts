import { MetricsError } from '../errors.js';

/**
 * The library whose definitions count where libraries differ: what an empty mask scores, what a percentile of
 * distances is, and which points make a surface.
 *
 * | name | Dice of two empty masks, of one | distances with an empty mask | percentile | surface |
 * | --- | --- | --- | --- | --- |
 * | `nnunet` | NaN, 0 | NaN, also for a full mask (version 1's evaluator; version 2 has no distances) | of both directions pooled | border voxels |
 * | `medpy` | NaN, 0 | NaN (medpy raises) | of both directions pooled | border voxels |
 * | `monai` | NaN, NaN if the reference is empty, else 0; with `ignoreEmpty: false` 1, 0 | NaN for two, Infinity for one (percentiles below 100: NaN) | the larger direction's | border voxels |
 * | `surface-distance` | NaN, 0 | Infinity | the larger direction's, by area, not interpolated | marching squares or cubes |
 * | `metrics-reloaded` | 1, 0 | 0 for two, NaN for one | the larger direction's | border voxels |
 *
 * @see nnU-Net v1 `evaluation/metrics.py`, v2 `evaluation/evaluate_predictions.py`; MONAI 1.6 `monai/metrics`;
 * surface-distance 0.1; MetricsReloaded `metrics/pairwise_measures.py`; MedPy 0.5 `metric/binary.py`.
 */
export type Convention = 'nnunet' | 'medpy' | 'monai' | 'surface-distance' | 'metrics-reloaded';

/** Which of the two masks has no voxel. */
export type EmptyMask = 'none' | 'reference' | 'prediction' | 'both';

/** One metric of one pair of masks. */
export interface Score {
  value: number;
  /** The definitions that were followed. */
  convention: Convention;
  /** Tells a 0 or NaN that the convention sets from one that was measured. */
  emptyMask: EmptyMask;
}

/** What every metric of this part can be told. */
export interface ConventionOptions {
  /** Default `nnunet`. */
  convention?: Convention;
  /** MONAI's `ignore_empty`, for `monai` only: Dice and IoU are NaN where the reference is empty. Default true. */
  ignoreEmpty?: boolean;
}

const conventions = ['nnunet', 'medpy', 'monai', 'surface-distance', 'metrics-reloaded'] as const;

/**
 * Fills in the defaults.
 *
 * @throws MetricsError `convention-unknown`
 */
export function checkConvention({
  convention = 'nnunet',
  ignoreEmpty = true,
}: ConventionOptions): Required<ConventionOptions> {
  checkChoice('convention', convention, conventions);
  return { convention, ignoreEmpty };
}

/** @throws MetricsError `NAME-unknown` */
export function checkChoice<T extends string>(name: string, value: T, choices: readonly T[]): void {
  if (choices.includes(value)) {
    return;
  }
  throw new MetricsError(`There is no ${name} ${value}.`, {
    code: `${name}-unknown`,
    remedy: `Choose one of ${choices.join(', ')}.`,
  });
}

/** What {@link ConventionOptions} must be. */
export const conventionOptionsRule = 'object';
