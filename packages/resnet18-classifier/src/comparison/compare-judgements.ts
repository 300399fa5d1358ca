import {
  atSpecificity,
  delongDifference,
  delongInterval,
  delongTest,
  mcnemar,
  pairedBootstrap,
  rocAuc,
  wilsonInterval,
  type Interval,
  type McNemar,
} from '@fractura/metrics';
import type { Judgement, ScoredCase } from './case-scores.js';

/** How well one judge does. */
export interface JudgeFigures {
  name: string;
  films: number;
  positives: number;
  /** By DeLong. */
  auc: Interval;
  /** By the thresholds of the other folds. */
  accuracy: Interval;
  /** Largest sensitivity with at least 90 % specificity over all films. */
  sensitivityAtSpecificity90: Interval;
  /** Of the parts of the films. */
  strata: StratumFigures[];
}

/** How well a judge does on a part of the films. */
export interface StratumFigures {
  /** Such as `view`. */
  stratum: string;
  value: string;
  films: number;
  positives: number;
  /** Where the part has no films without the sign, such as a size of lesion, against all of those that have none. */
  against: 'own' | 'all';
  /** Bounds are NaN where there are fewer than two films of a label. */
  auc: Interval;
}

/** How two judges differ on the same films, first less second. */
export interface JudgeDifference {
  first: string;
  second: string;
  /** Of the AUC, by DeLong. */
  delong: Interval;
  p: number;
  /** Of the AUC, drawing whole groups. */
  bootstrap: Interval;
  mcnemar: McNemar;
  /**
   * `different`: DeLong's interval excludes 0. `no gain`: it does not, and excludes a gain of 0.02. `cannot be told`: neither.
   */
  verdict: 'different' | 'no gain' | 'cannot be told';
}

/** Judges side by side. */
export interface Comparison {
  judges: JudgeFigures[];
  /** Each judge less the baseline. */
  differences: JudgeDifference[];
}

export interface CompareOptions {
  /** The judge that the others are compared with; default the first. */
  baseline?: string;
  /** Resamples of the bootstrap; default 2000. */
  resamples?: number;
  /** Of the bootstrap; default 0. */
  seed?: number;
}

/** A gain of AUC that would matter. */
const gainThatMatters = 0.02;

/**
 * How well judges do on films that they have not learned from, and how each differs from a baseline, paired film by film.
 *
 * @see DeLong et al. 1988; McNemar 1947; Efron and Tibshirani, An Introduction to the Bootstrap, 1993
 */
export function compareJudgements(
  cases: readonly ScoredCase[],
  judgements: readonly Judgement[],
  { baseline = judgements[0].name, resamples, seed }: CompareOptions = {},
): Comparison {
  const second = judgements.find(({ name }) => name === baseline)!;
  return {
    judges: judgements.map((judgement) => figuresOf(cases, judgement)),
    differences: judgements
      .filter(({ name }) => name !== baseline)
      .map((first) => differenceOf(cases, first, second, { resamples, seed })),
  };
}

const scoresOf = ({ cases }: Judgement) => cases.map(({ probability }) => probability);
const isRight = (cases: readonly ScoredCase[], { cases: judged }: Judgement) =>
  judged.map(({ isPositive }, i) => isPositive === (cases[i].label === 1));

function figuresOf(cases: readonly ScoredCase[], judgement: Judgement): JudgeFigures {
  const labels = cases.map(({ label }) => label);
  const scores = scoresOf(judgement);
  const positives = labels.filter((label) => label === 1).length;
  const hits = (atSpecificity({ labels, scores }, 0.9)?.sensitivity ?? 0) * positives;
  return {
    name: judgement.name,
    films: cases.length,
    positives,
    auc: delongInterval({ labels, scores }),
    accuracy: wilsonInterval({
      successes: isRight(cases, judgement).filter(Boolean).length,
      trials: cases.length,
    }),
    sensitivityAtSpecificity90: wilsonInterval({ successes: Math.round(hits), trials: positives }),
    strata: strataOf(cases).map(({ stratum, value }) => stratumFigures(cases, scores, stratum, value)),
  };
}

/** Every value of every stratum, in alphabetical order. */
function strataOf(cases: readonly ScoredCase[]): { stratum: string; value: string }[] {
  const names = [...new Set(cases.flatMap(({ strata = {} }) => Object.keys(strata)))].sort();
  return names.flatMap((stratum) => {
    const values = new Set(cases.flatMap(({ strata }) => strata?.[stratum] ?? []));
    return [...values].sort().map((value) => ({ stratum, value }));
  });
}

function stratumFigures(
  cases: readonly ScoredCase[],
  scores: readonly number[],
  stratum: string,
  value: string,
): StratumFigures {
  const isMember = cases.map(({ strata }) => strata?.[stratum] === value);
  const against = cases.some(({ label }, i) => isMember[i] && label === 0) ? 'own' : 'all';
  const kept = cases.flatMap(({ label }, i) => (isMember[i] || (against === 'all' && label === 0) ? [i] : []));
  const positives = kept.filter((i) => cases[i].label === 1).length;
  return {
    stratum,
    value,
    films: kept.length,
    positives,
    against,
    auc: delongInterval({ labels: kept.map((i) => cases[i].label), scores: kept.map((i) => scores[i]) }),
  };
}

function differenceOf(
  cases: readonly ScoredCase[],
  first: Judgement,
  second: Judgement,
  { resamples, seed }: Pick<CompareOptions, 'resamples' | 'seed'>,
): JudgeDifference {
  const paired = { labels: cases.map(({ label }) => label), first: scoresOf(first), second: scoresOf(second) };
  const delong = delongDifference(paired);
  const auc = (judgement: Judgement) => (members: readonly number[]) =>
    rocAuc({
      labels: members.map((i) => cases[i].label),
      scores: members.map((i) => judgement.cases[i].probability),
    });
  const isDifferent = delong.lower > 0 || delong.upper < 0;
  return {
    first: first.name,
    second: second.name,
    delong,
    p: delongTest(paired).p,
    bootstrap: pairedBootstrap({
      cases: [...cases.keys()],
      first: auc(first),
      second: auc(second),
      groups: cases.map(({ id, group }) => (group === undefined ? `film ${id}` : `group ${group}`)),
      resamples,
      seed,
    }),
    mcnemar: mcnemar({ first: isRight(cases, first), second: isRight(cases, second) }),
    verdict: isDifferent ? 'different' : delong.upper < gainThatMatters ? 'no gain' : 'cannot be told',
  };
}
