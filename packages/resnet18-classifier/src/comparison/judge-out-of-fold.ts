import { youden } from '@fractura/metrics';
import type { Judgement, ScoredCase } from './case-scores.js';
import { drawFolds } from './draw-folds.js';
import { logOdds, sigmoid } from './log-odds.js';
import { fitLogisticRegression, predictLogistic } from './logistic-regression.js';

export interface OutOfFoldOptions {
  /** Where the cases have no folds, so many are drawn; default 5. */
  folds?: number;
  /** Such folds are drawn once for each seed, and judgements averaged over the seeds. Default 0, 1, 2. */
  seeds?: readonly number[];
  /** The judges that are fused; default all. */
  fused?: readonly string[];
}

/** How probabilities of several judges become one. */
const fusions = ['mean of logits', 'logistic regression'] as const;

/** A judge of whole films: learns from some, and gives a probability for any. */
type Learn = (training: readonly ScoredCase[]) => (film: ScoredCase) => number;

/**
 * What each judge, and the judges together, say of every film without having learned from it: thresholds (Youden's) and the logistic
 * regression are found on the other folds. Of several seeds the probabilities are averaged, and a film is positive that is by most.
 */
export function judgeOutOfFold(
  cases: readonly ScoredCase[],
  { folds = 5, seeds = [0, 1, 2], fused = Object.keys(cases[0].scores) }: OutOfFoldOptions = {},
): Judgement[] {
  const names = Object.keys(cases[0].scores);
  const judges: [string, Learn][] = names.map((name) => [name, () => (film) => film.scores[name]]);
  if (fused.length > 1) {
    const logitsOf = (film: ScoredCase) => fused.map((name) => logOdds(film.scores[name]));
    judges.push([
      fusions[0],
      () => (film) => sigmoid(logitsOf(film).reduce((sum, logit) => sum + logit, 0) / fused.length),
    ]);
    judges.push([
      fusions[1],
      (training) => {
        const fitted = fitLogisticRegression(
          training.map(logitsOf),
          training.map(({ label }) => label),
        );
        return (film) => predictLogistic(fitted, logitsOf(film));
      },
    ]);
  }
  const given = cases.every(({ fold }) => fold !== undefined);
  const rounds = given ? [cases.map(({ fold }) => fold!)] : seeds.map((seed) => drawFolds(cases, { folds, seed }));
  return judges.map(([name, learn]) => {
    const sums = cases.map(() => ({ probability: 0, votes: 0 }));
    for (const foldOf of rounds) {
      for (const fold of new Set(foldOf)) {
        const training = cases.filter((_, i) => foldOf[i] !== fold);
        const judge = learn(training);
        const { threshold } = youden({ labels: training.map(({ label }) => label), scores: training.map(judge) });
        cases.forEach((film, i) => {
          if (foldOf[i] === fold) {
            const probability = judge(film);
            sums[i].probability += probability / rounds.length;
            sums[i].votes += Number(probability >= threshold);
          }
        });
      }
    }
    return {
      name,
      cases: sums.map(({ probability, votes }) => ({ probability, isPositive: votes > rounds.length / 2 })),
    };
  });
}
