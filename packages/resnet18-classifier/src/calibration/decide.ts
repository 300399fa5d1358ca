import type { OperatingPoint } from '@fractura/metrics';

/** The class that an image counts as: of two by an operating point, where one is given, else the most probable one. */
export function decide(probabilities: readonly number[], point?: OperatingPoint): number {
  return point === undefined
    ? probabilities.indexOf(Math.max(...probabilities))
    : Number(probabilities[1] >= point.threshold);
}
