import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkChoice, checkConvention, type Convention, type ConventionOptions, type EmptyMask } from './convention.js';
import { directedDistances, type DirectedDistances } from './directed-distances.js';
import { checkMetric, type DistanceMetric } from './distance-transform.js';
import { checkGrid, cropToForeground, type Grid } from './grid.js';
import {
  emptyMaskOf,
  inPrediction,
  inReference,
  markMasks,
  maskGridRule,
  type MarkedMasks,
  type MaskPair,
} from './masks.js';
import { areaPercentile, areaWithin, meanDistance, pooled, surfaceArea } from './surface-statistics.js';
import { surfacesOf, type SurfaceKind } from './surface.js';
import { quantile } from '../quantile.js';

/** How surfaces are compared. */
export interface SurfaceOptions extends Grid, Pick<ConventionOptions, 'convention'> {
  /** Default: as the convention, `subvoxel` for `surface-distance` and `voxel` for the others. */
  surface?: SurfaceKind;
  /** Which neighbours make a voxel a border voxel: 1 (faces, the default) to 3 (corners too). */
  connectivity?: number;
  /** Default `euclidean`, in the unit of the spacing; the others count steps. */
  metric?: DistanceMetric;
}

/** A distance of two surfaces and of each way. */
export interface DirectedValue {
  symmetric: number;
  /** From the points of the reference to the predicted surface. */
  referenceToPrediction: number;
  predictionToReference: number;
}

/** How far two surfaces are apart. */
export interface SurfaceMetrics {
  /** The Hausdorff distance by percentile: `'100'` is the classical one. */
  hausdorff: Record<string, DirectedValue>;
  /**
   * Average surface distances. `symmetric` (ASSD) is the mean over the points of both surfaces, `mean` (MASD) that of the two
   * directions.
   */
  averageDistance: DirectedValue & { mean: number };
  /**
   * By tolerance: the normalized surface Dice (NSD), and the share of each surface that lies within the tolerance, itself
   * included, of the other.
   */
  surfaceDice: Record<string, { symmetric: number; reference: number; prediction: number }>;
  /** The length (2D) or area (3D) of each surface; points where each counts 1. */
  surfaceArea: { reference: number; prediction: number };
  convention: Convention;
  surface: SurfaceKind;
  emptyMask: EmptyMask;
}

/** What is wanted of the distances. */
export interface SurfaceMetricsOptions extends MaskPair, SurfaceOptions {
  /** Percentiles of the Hausdorff distance beside 100, in 0..100. Default [95]. */
  percentiles?: readonly number[];
  /** For the surface Dice, in the unit of the distances. Default [1]. */
  tolerances?: readonly number[];
}

/**
 * All distances of two masks in one pass: two distance transforms, one for each surface, serve them all.
 *
 * @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid`, `shape-invalid`, `spacing-invalid`,
 * `convention-unknown`, `surface-unknown`, `metric-unknown`, `connectivity-invalid`, `percentile-invalid`, `tolerance-invalid`
 * @see Taha and Hanbury 2015, "Metrics for evaluating 3D medical image segmentation"; Nikolov et al. 2021 (surface Dice);
 * Beneš and Zitová 2015 (MASD)
 */
export function surfaceMetrics(options: SurfaceMetricsOptions): SurfaceMetrics {
  checkGiven(options, maskGridRule);

  return surfaceMetricsOf(markMasks(options), options);
}

/** {@link surfaceMetrics} of masks that are marked already. */
export function surfaceMetricsOf(
  { marks, counts }: MarkedMasks,
  { percentiles = [95], tolerances = [1], metric = 'euclidean', connectivity = 1, ...options }: SurfaceMetricsOptions,
): SurfaceMetrics {
  const { convention } = checkConvention(options);
  const { surface = convention === 'surface-distance' ? 'subvoxel' : 'voxel' } = options;
  checkChoice('surface', surface, ['voxel', 'subvoxel']);
  checkMetric(metric);
  check(percentiles, 'percentile', 100);
  check(tolerances, 'tolerance', Number.MAX_VALUE);
  const volume = checkGrid(options, marks.length);
  const crop = cropToForeground(marks, volume);
  const none: DirectedDistances = { distances: new Float64Array(0) };
  let [forth, back] = [none, none];
  if (crop) {
    const [reference, prediction] = surfacesOf(crop, [inReference, inPrediction], { volume, surface, connectivity });
    const place = { crop, volume, metric };
    forth = directedDistances(reference, prediction, place);
    back = directedDistances(prediction, reference, place);
  }
  const emptyMask = emptyMaskOf(counts);
  const full = counts.tn + counts.fp === 0 || counts.tn + counts.fn === 0;
  const missing = distancesWithout(emptyMask, convention, full);
  const areas = { reference: surfaceArea(forth), prediction: surfaceArea(back) };
  const percentileRule =
    convention === 'surface-distance' || surface === 'subvoxel'
      ? byArea
      : convention === 'nnunet' || convention === 'medpy'
        ? ofBoth
        : ofLarger;
  return {
    hausdorff: Object.fromEntries(
      [...new Set([100, ...percentiles])].map((percent) => [
        String(percent),
        missing(percent === 100 ? 'hausdorff' : 'percentile') ?? percentileRule(forth, back, percent),
      ]),
    ),
    averageDistance: averages(forth, back, missing('average')),
    surfaceDice: Object.fromEntries(
      tolerances.map((tolerance) => {
        const [ofReference, ofPrediction] = [areaWithin(forth, tolerance), areaWithin(back, tolerance)];
        const shares = {
          symmetric: (ofReference + ofPrediction) / (areas.reference + areas.prediction),
          reference: ofReference / areas.reference,
          prediction: ofPrediction / areas.prediction,
        };
        return [String(tolerance), shares];
      }),
    ),
    surfaceArea: areas,
    convention,
    surface,
    emptyMask,
  };
}

function check(values: readonly number[], name: string, highest: number): void {
  for (const value of values) {
    if (!(value >= 0 && value <= highest)) {
      throw new MetricsError(`A ${name} is ${String(value)}.`, {
        code: `${name}-invalid`,
        remedy: highest === 100 ? 'Give a number in 0..100.' : 'Give a finite number of at least 0.',
      });
    }
  }
}

type PercentileRule = (forth: DirectedDistances, back: DirectedDistances, percent: number) => DirectedValue;

const ofLarger: PercentileRule = (forth, back, percent) =>
  largerOf(quantile(forth.distances, percent / 100), quantile(back.distances, percent / 100));

const byArea: PercentileRule = (forth, back, percent) =>
  largerOf(areaPercentile(forth, percent), areaPercentile(back, percent));

const ofBoth: PercentileRule = (forth, back, percent) => ({
  ...ofLarger(forth, back, percent),
  symmetric: quantile(pooled(forth, back), percent / 100),
});

const largerOf = (referenceToPrediction: number, predictionToReference: number): DirectedValue => ({
  symmetric: Math.max(referenceToPrediction, predictionToReference),
  referenceToPrediction,
  predictionToReference,
});

function averages(forth: DirectedDistances, back: DirectedDistances, missing: DirectedValue | undefined) {
  const value = missing ?? {
    symmetric: meanDistance(forth, back),
    referenceToPrediction: meanDistance(forth),
    predictionToReference: meanDistance(back),
  };
  return { ...value, mean: (value.referenceToPrediction + value.predictionToReference) / 2 };
}

/** What the convention says in place of distances that cannot be measured; undefined where they can. */
function distancesWithout(emptyMask: EmptyMask, convention: Convention, full: boolean) {
  return (kind: 'hausdorff' | 'percentile' | 'average'): DirectedValue | undefined => {
    if (emptyMask === 'none') {
      return full && convention === 'nnunet' ? all(NaN) : undefined;
    }
    if (convention === 'metrics-reloaded') {
      return all(emptyMask === 'both' ? 0 : NaN);
    }
    if (convention === 'monai') {
      return all(emptyMask === 'both' || kind === 'percentile' ? NaN : Infinity);
    }
    if (convention !== 'surface-distance') {
      return all(NaN);
    }
    if (kind !== 'average') {
      return all(Infinity);
    }
    if (emptyMask === 'both') {
      return all(NaN);
    }
    return {
      symmetric: Infinity,
      referenceToPrediction: emptyMask === 'prediction' ? Infinity : NaN,
      predictionToReference: emptyMask === 'reference' ? Infinity : NaN,
    };
  };
}

const all = (value: number): DirectedValue => ({
  symmetric: value,
  referenceToPrediction: value,
  predictionToReference: value,
});
