import { join } from 'node:path';
import { atSensitivity, bootstrapInterval, rocAuc, type Interval } from '@fractura/metrics';
import { foldFolder, type FoldName } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { readFoldPredictions } from './fold-predictions.js';
import { presenceProbability } from './presence-probability.js';

/** What a network that has not seen a case says of it as a whole. */
export interface JudgedCase {
  case: string;
  /** Whether its reference has any foreground. */
  lesion: boolean;
  /** That the image shows any foreground; see {@link presenceProbability}. */
  probability: number;
}

/** How well a model tells images with a lesion from those without. */
export interface PresenceEvaluation {
  /** In the order of the folds. */
  cases: JudgedCase[];
  /** Area under the ROC curve, with its 95 % bootstrap interval. */
  auc: Interval;
  /** Share of the cases without a lesion at or above the probability that finds so many of the others. */
  falseAlarms: number;
}

/** Which folds of which model, and how cases are resampled. */
export interface EvaluatePresenceOptions {
  modelFolder: string;
  /** Validated folds; each case must be in one of them alone. */
  folds: readonly FoldName[];
  /** Share of the cases with a lesion that must be found, for the false alarms. @default 0.8 */
  sensitivity?: number;
  /** The group of a case; whole groups are drawn, as for several images of one patient. @default each case its own */
  groupOf?: (name: string) => number;
  /** @default 0 */
  seed?: number;
}

/**
 * Judges the validation cases of a model's folds by the probability that they show any foreground.
 *
 * @throws NnunetError `classes-missing` where all cases have a lesion, or none has.
 */
export async function evaluatePresence({
  modelFolder,
  folds,
  sensitivity = 0.8,
  groupOf,
  seed,
}: EvaluatePresenceOptions): Promise<PresenceEvaluation> {
  const folders = folds.map((fold) => join(modelFolder, foldFolder(fold), 'validation'));
  const predictions = await Promise.all(folders.map(readFoldPredictions));
  const cases = predictions.flatMap((fold) =>
    Object.entries(fold).map(([name, predicted]) => {
      return { case: name, lesion: predicted.reference > 0, probability: presenceProbability(predicted) };
    }),
  );
  const lesions = cases.filter(({ lesion }) => lesion).length;
  if (lesions === 0 || lesions === cases.length) {
    throw new NnunetError(`${lesions} of the ${cases.length} validation cases in ${modelFolder} have a lesion.`, {
      code: 'classes-missing',
      remedy: 'Train on images with and without a lesion, or leave this measure out.',
    });
  }
  const auc = bootstrapInterval({
    cases,
    groups: groupOf && cases.map((judged) => groupOf(judged.case)),
    statistic: (drawn) => rocAuc(scoresOf(drawn)),
    seed,
  });
  const { specificity } = atSensitivity(scoresOf(cases), sensitivity)!;
  return { cases, auc, falseAlarms: 1 - specificity };
}

const scoresOf = (cases: readonly JudgedCase[]) => ({
  labels: cases.map(({ lesion }) => Number(lesion)),
  scores: cases.map(({ probability }) => probability),
});
