import { formatDuration } from '@fractura/command-line';
import { dryRun, type Training } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { secondsForSteps } from '../settings/seconds-for-steps.js';
import { trainingSettingsOf } from './training-settings.js';

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
      const fitting = secondsForSteps(hours) / (folds * epochs * stepSeconds);
      return { iterations: Math.max(1, Math.floor(fitting)), stepSeconds };
    },
  });
  note(`Within ${formatDuration(hours * 3_600_000)}: ${folds} folds of ${epochs} epochs of ${fitting} iterations fit.`);
  return fitting;
}
