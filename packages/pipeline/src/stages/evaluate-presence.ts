import type { Conversion } from '@fractura/coco-to-nifti';
import { groupNumbers, type StudySplits } from '@fractura/fracatlas-loader';
import { evaluatePresence, readCutoff, type Cutoff } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { namedInterval, type NamedInterval } from './named-interval.js';

/** How well the segmentation tells films with a lesion from those without, each judged by the fold that has not seen it. */
export interface PresenceResult {
  films: { file: string; fractured: boolean; probability: number }[];
  auc: NamedInterval;
  /** Share of the normal films at or above the probability that finds 80 % of the others. */
  falseAlarmsAtSensitivity80: number;
  /** Chosen on the same films; with the mean Dice by it. */
  cutoff: Cutoff | undefined;
}

/**
 * Judges the validation films of all folds by the probability that they show any lesion. Undefined for recipes that do not tell, and
 * without normal films.
 */
export async function evaluateStudyPresence(
  { folds, groups, normals }: StudySplits,
  { cases }: Pick<Conversion, 'cases'>,
  { paths, settings: { recipe, seed }, ledger, note }: RunContext,
): Promise<PresenceResult | undefined> {
  if (recipe === 'nnunet' || normals.length === 0) {
    return undefined;
  }
  return ledger.run({
    name: 'evaluate-presence',
    inputs: {},
    run: async () => {
      const fileOf = new Map(cases.map((converted) => [converted.case, converted.file]));
      const groupOf = groupNumbers(groups);
      const judged = await evaluatePresence({
        modelFolder: paths.model,
        folds: folds.map((_, fold) => fold),
        sensitivity: 0.8,
        groupOf: (name) => groupOf.get(fileOf.get(name)!)!,
        seed,
      });
      const result: PresenceResult = {
        films: judged.cases.map(({ case: name, lesion, probability }) => {
          return { file: fileOf.get(name)!, fractured: lesion, probability };
        }),
        auc: namedInterval('AUC', judged.auc),
        falseAlarmsAtSensitivity80: judged.falseAlarms,
        cutoff: await readCutoff(paths.model),
      };
      const { value, lower, upper } = result.auc;
      note(
        `AUC of the segmentation over ${result.films.length} films ${value.toFixed(3)} (95 % interval ${lower.toFixed(3)} to ` +
          `${upper.toFixed(3)}); ${(judged.falseAlarms * 100).toFixed(0)} % of the normal ones alarm where 80 % of the others are found`,
      );
      return result;
    },
  });
}
