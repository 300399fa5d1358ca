import { checkGiven } from '../check-given.js';
import { checkChoice, type Score } from './convention.js';
import { maskGridRule, type MaskPair } from './masks.js';
import { surfaceMetrics, type DirectedValue, type SurfaceMetrics, type SurfaceOptions } from './surface-metrics.js';

/** Two masks on a grid, and how their surfaces are compared. */
export type SurfacePair = MaskPair & SurfaceOptions;

/** Which way a distance is measured; default `symmetric`. */
export interface Direction {
  direction?: keyof DirectedValue;
}

const score = (value: number, { convention, emptyMask }: SurfaceMetrics): Score => ({ value, convention, emptyMask });

/**
 * The Hausdorff distance: the largest distance from a point of one surface to the other, or a percentile of the
 * distances. {@link surfaceMetrics} gives all distances for the price of one.
 *
 * @param options.percentile In 0..100, default 100; how percentiles are taken depends on the convention.
 */
export function hausdorffDistance(options: SurfacePair & Direction & { percentile?: number }): Score {
  const { percentile = 100, direction = 'symmetric', ...pair } = checkGiven(options, maskGridRule);

  const metrics = surfaceMetrics({ ...pair, percentiles: [percentile], tolerances: [] });
  checkChoice('direction', direction, directions);
  return score(metrics.hausdorff[String(percentile)][direction], metrics);
}

/** The average surface distance: over the points of both surfaces (ASSD, the default) or of one. */
export function averageSurfaceDistance(options: SurfacePair & Direction): Score {
  const { direction = 'symmetric', ...pair } = checkGiven(options, maskGridRule);

  const metrics = surfaceMetrics({ ...pair, percentiles: [], tolerances: [] });
  checkChoice('direction', direction, directions);
  return score(metrics.averageDistance[direction], metrics);
}

/** The mean of the average distances of the two directions (MASD). */
export function meanAverageSurfaceDistance(pair: SurfacePair): Score {
  checkGiven({ pair }, { pair: maskGridRule });

  const metrics = surfaceMetrics({ ...pair, percentiles: [], tolerances: [] });
  return score(metrics.averageDistance.mean, metrics);
}

/**
 * The normalized surface Dice (NSD): the share of both surfaces that lies within a tolerance of the other.
 *
 * @param options.tolerance In the unit of the spacing, itself included.
 */
export function normalizedSurfaceDice(options: SurfacePair & { tolerance: number }): Score {
  const { tolerance, ...pair } = checkGiven(options, maskGridRule);

  const metrics = surfaceMetrics({ ...pair, percentiles: [], tolerances: [tolerance] });
  return score(metrics.surfaceDice[String(tolerance)].symmetric, metrics);
}

const directions = ['symmetric', 'referenceToPrediction', 'predictionToReference'] as const;
