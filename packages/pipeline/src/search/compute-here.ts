import type { ProgressTask } from '@fractura/command-line';
import type { RunTrialOptions } from './run-trial.js';
import { runTrial } from './run-trial.js';
import { isBudgetSpent } from './search-budget.js';
import { trialName, type Trial } from './trial.js';

/** Computes trials in this process, one after the other, until the budget is spent. */
export function computeHere(options: Omit<RunTrialOptions, 'trial'>): (trials: readonly Trial[]) => Promise<void> {
  const { out, record, note, progress } = options;
  return async (trials) => {
    for (const [done, trial] of trials.entries()) {
      if (await isBudgetSpent(out, record)) {
        note(`The budget of ${record.hours} hours is spent: ${trials.length - done} trainings are not begun.`);
        return;
      }
      const name = trialName(trial).replaceAll('_', ', ');
      const named = (title: string): ProgressTask => progress(`${name}: ${title}`);
      const { score, failed } = await runTrial({ ...options, progress: named, trial });
      note(`${name} (${done + 1} of ${trials.length}): ${failed ?? score!.toFixed(4)}`);
    }
  };
}
