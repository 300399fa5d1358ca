import { SearchError } from '../errors.js';

/** How many points are trained how long. */
export interface HalvingOptions {
  /** Points that begin. */
  points: number;
  /** Length of the first training, such as epochs; a whole number from 1. */
  from: number;
  /** Of the last one. */
  to: number;
  /** So many times longer is each training than the one before, and one point in so many goes on. Default 3. */
  factor?: number | undefined;
}

/** A round of trainings of the same length. */
export interface Rung {
  length: number;
  /** How many points are trained. */
  points: number;
}

/** A round, trained. */
export interface TrainedRung {
  length: number;
  /** Best first; where scores are equal, the earlier point. A point that failed has no score and comes last. */
  ranking: { point: number; score: number | undefined }[];
}

/**
 * The rounds of successive halving: lengths that grow by the factor and end with `to`, points that shrink by it.
 *
 * @throws SearchError `halving-invalid`
 */
export function halvingRungs({ points, from, to, factor = 3 }: HalvingOptions): Rung[] {
  if (![points, from, to].every((count) => Number.isInteger(count) && count >= 1) || from > to || !(factor > 1)) {
    throw new SearchError(`Halving of ${points} points from length ${from} to ${to} by ${factor} cannot be done.`, {
      code: 'halving-invalid',
      remedy: 'Give whole numbers from 1, a first length of at most the last one, and a factor above 1.',
    });
  }
  const rungs = 1 + Math.floor(Math.log(to / from) / Math.log(factor) + 1e-9);
  return Array.from({ length: rungs }, (_, rung) => ({
    length: Math.max(1, Math.round(to / factor ** (rungs - 1 - rung))),
    points: Math.max(1, Math.floor(points / factor ** rung + 1e-9)),
  }));
}

/**
 * Trains all points shortly, the best of them longer, and so on: most of the time goes to points that do well.
 *
 * Each round trains anew, by the schedule of its own length, so that the last round's numbers are those of such a training alone.
 *
 * @param scoresOf trains points (by number, from 0) at a length; gives their scores in the same order, the higher the better, and
 *   `undefined` for one that failed, which does not go on.
 * @returns the rounds, the last one with the best point first; fewer where no point is left.
 * @throws SearchError `halving-invalid`; what `scoresOf` throws.
 * @see Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization, AISTATS 2016
 */
export async function successiveHalving(
  options: HalvingOptions,
  scoresOf: (points: readonly number[], length: number) => Promise<readonly (number | undefined)[]>,
): Promise<TrainedRung[]> {
  const trained: TrainedRung[] = [];
  let left = Array.from({ length: options.points }, (_, point) => point);
  for (const { length, points } of halvingRungs(options)) {
    left = left.slice(0, points);
    if (left.length === 0) {
      break;
    }
    // In their own order: what is trained does not depend on how scores were ranked.
    const entered = [...left].sort((a, b) => a - b);
    const scores = await scoresOf(entered, length);
    const ranking = rankPoints(entered.map((point, i) => ({ point, score: scores[i] })));
    trained.push({ length, ranking });
    left = ranking.filter(({ score }) => score !== undefined).map(({ point }) => point);
  }
  return trained;
}

/** The best score first, equal ones in the order of their points, none last. */
export function rankPoints<Scored extends { point: number; score: number | undefined }>(
  scored: readonly Scored[],
): Scored[] {
  return [...scored].sort((a, b) => compare(a.score, b.score) || a.point - b.point);
}

function compare(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  return b - a;
}
