import type { Conversion } from '@fractura/coco-to-nifti';
import { atSensitivity, bootstrapInterval, rocAuc } from '@fractura/metrics';
import { presenceProbability, readCutoff, readFoldPredictions, type Cutoff } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import type { MeanWithInterval } from './evaluate-segmentation.js';
import type { StudySplits } from './split-atlas.js';

/** How well the segmentation tells films with a lesion from those without, each judged by the fold that has not seen it. */
export interface PresenceResult {
  films: { file: string; fractured: boolean; probability: number }[];
  auc: MeanWithInterval;
  /** Share of the normal films at or above the probability that finds 80 % of the others. */
  falseAlarmsAtSensitivity80: number;
  /** Chosen on the same films; with the mean Dice by it. */
  cutoff: Cutoff | undefined;
}

const sensitivity = 0.8;

/**
 * Judges the validation films of all folds by the probability that they show any lesion. Undefined for recipes that do not tell, and
 * without normal films.
 */
export async function evaluatePresence(
  splits: StudySplits,
  { cases }: Pick<Conversion, 'cases'>,
  context: RunContext,
): Promise<PresenceResult | undefined> {
  const { paths, settings, ledger, note } = context;
  if (settings.recipe === 'nnunet' || splits.normals.length === 0) {
    return undefined;
  }
  return ledger.run({
    name: 'evaluate-presence',
    inputs: {},
    run: async () => {
      const fileOf = new Map(cases.map((converted) => [converted.case, converted]));
      const groupOf = new Map(splits.groups.flatMap((files, group) => files.map((file) => [file, group] as const)));
      const predictions = await Promise.all(splits.folds.map((_, fold) => readFoldPredictions(paths.validation(fold))));
      const films = predictions.flatMap((fold) =>
        Object.entries(fold).map(([name, predicted]) => {
          const { file, normal } = fileOf.get(name)!;
          return { file, fractured: !normal, probability: presenceProbability(predicted) };
        }),
      );
      const { value, lower, upper } = bootstrapInterval({
        cases: films,
        groups: films.map(({ file }) => groupOf.get(file)!),
        statistic: (drawn) => rocAuc(scoresOf(drawn)),
        seed: settings.seed,
      });
      // Fractured films there always are.
      const { specificity } = atSensitivity(scoresOf(films), sensitivity)!;
      const result: PresenceResult = {
        films,
        auc: { name: 'AUC', value, lower, upper },
        falseAlarmsAtSensitivity80: 1 - specificity,
        cutoff: await readCutoff(paths.model),
      };
      note(
        `AUC of the segmentation over ${films.length} films ${value.toFixed(3)} (95 % interval ${lower.toFixed(3)} to ` +
          `${upper.toFixed(3)}); ${((1 - specificity) * 100).toFixed(0)} % of the normal ones alarm where 80 % of the others are found`,
      );
      return result;
    },
  });
}

const scoresOf = (films: readonly { fractured: boolean; probability: number }[]) => ({
  labels: films.map(({ fractured }) => Number(fractured)),
  scores: films.map(({ probability }) => probability),
});
