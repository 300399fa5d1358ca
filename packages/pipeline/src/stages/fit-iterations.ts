import { formatDuration } from '@fractura/command-line';
import { dryRun, type Training } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { trainingSettingsOf } from './film-recipe.js';

/** Share of the hours that the folds are trained in; the rest is for conversion, prediction and the classifiers. */
const trainingShare = 0.76;

/** A measured step is quiet; batches, checkpoints and validation come on top. */
const overhead = 1.12;

/**
 * The training iterations of an epoch: those that are set, or where the run has so many hours, as many as fit. A few steps of the
 * real network are measured once; a run that goes on keeps to what was chosen.
 */
export async function fitIterations(training: Training, context: RunContext): Promise<number> {
  const { settings, ledger, engine, note } = context;
  const { hours, iterations, folds, epochs } = settings;
  if (hours === 0) {
    return iterations;
  }
  const { iterations: fitting } = await ledger.run({
    name: 'fit-iterations',
    inputs: { hours, folds, epochs, encoder: settings.encoder, engine },
    run: async () => {
      const { measured } = await dryRun({ ...trainingSettingsOf(context), training, fold: 0 });
      if (!measured) {
        return { iterations, stepSeconds: null };
      }
      const stepSeconds = measured.trainingSeconds;
      const seconds = hours * 3600 * trainingShare;
      return { iterations: Math.max(1, Math.floor(seconds / (folds * epochs * stepSeconds * overhead))), stepSeconds };
    },
  });
  note(`Within ${formatDuration(hours * 3_600_000)}: ${folds} folds of ${epochs} epochs of ${fitting} iterations fit.`);
  return fitting;
}
