import { studentInterval } from '@fractura/metrics';
import type { Point } from '@fractura/search';
import type { SearchPlan } from './search-plan.js';
import { targetRules } from './search-target.js';
import type { TrialResult } from './trial.js';

/** A point as far as it was trained. */
export interface SearchRow {
  /** Its place among the points, from 0. */
  point: number;
  settings: Point;
  /** Of its longest training, where lengths are halved. */
  length?: number | undefined;
  /** Of that training, in the order of the plan's seeds; absent are trials that are not over. */
  trials: TrialResult[];
  /** Mean over the seeds; null where a seed failed or is missing. */
  score: number | null;
  /** Student's 95 % interval of the mean over the seeds; null with one seed. */
  interval: [lower: number, upper: number] | null;
}

/** What a search has found. */
export interface SearchTable {
  /** What a score is. */
  measure: string;
  /** Longest training first, then the best score, then the earlier point. */
  rows: SearchRow[];
  /** Points of which no training is over. */
  notBegun: number;
  /** Of all trials together. */
  seconds: number;
}

/** The table of a search from the trials that are over. */
export function tableOf(plan: SearchPlan, points: readonly Point[], trials: readonly TrialResult[]): SearchTable {
  const rows = points.flatMap((settings, point) => rowOf(plan, { point, settings }, trials) ?? []);
  return {
    measure: targetRules[plan.target].measure,
    rows: rows.sort(
      (a, b) => (b.length ?? 0) - (a.length ?? 0) || compareScores(a.score, b.score) || a.point - b.point,
    ),
    notBegun: points.length - rows.length,
    seconds: trials.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** The row with the best score of the longest training; undefined where nothing was scored. */
export const bestRow = ({ rows }: SearchTable): SearchRow | undefined => rows.find(({ score }) => score !== null);

/** The mean score of trials with every seed; null where one is missing or failed. */
export function meanScore(seeds: readonly number[], trials: readonly (TrialResult | undefined)[]): number | null {
  const scores = trials.flatMap((trial) => trial?.score ?? []);
  return scores.length === seeds.length ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
}

function rowOf(
  { seeds }: SearchPlan,
  { point, settings }: Pick<SearchRow, 'point' | 'settings'>,
  all: readonly TrialResult[],
): SearchRow | undefined {
  const own = all.filter((trial) => trial.point === point);
  if (own.length === 0) {
    return undefined;
  }
  const lengths = own.map(({ length }) => length ?? 0);
  const longest = Math.max(...lengths);
  const trials = seeds.flatMap(
    (seed) => own.find((trial) => trial.seed === seed && (trial.length ?? 0) === longest) ?? [],
  );
  const score = meanScore(seeds, trials);
  const { lower, upper } = score === null ? noBounds : studentInterval(trials.map((trial) => trial.score!));
  return {
    point,
    settings,
    length: longest === 0 ? undefined : longest,
    trials,
    score,
    interval: Number.isFinite(lower) ? [lower, upper] : null,
  };
}

const noBounds = { lower: NaN, upper: NaN };

function compareScores(a: number | null, b: number | null): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : b - a;
}
