import { basename, dirname, join } from 'node:path';
import { foldFolder } from '@fractura/nnunet-format';
import { openTracker, type Tracker } from '@fractura/tracking';
import type { TrainingLog } from '@fractura/unet-model';
import type { FoldJob } from './fold-job.js';

/** The curves of a fold's training, kept where the job says; each fold is a run of one experiment, the model. */
export class FoldCurves {
  readonly #trackers: readonly Tracker[];

  constructor(job: FoldJob) {
    const { modelFolder, trackFolder = join(modelFolder, 'tracking') } = job;
    this.#trackers = (job.track ?? []).map((name) =>
      openTracker({
        name,
        folder: join(trackFolder, name),
        experiment: `${basename(dirname(modelFolder))} ${basename(modelFolder)}`,
        run: foldFolder(job.fold),
        parameters: parametersOf(job),
        restart: job.restart,
      }),
    );
  }

  /** Adds the epochs that are not kept yet: a training may have been killed between its checkpoint and this. */
  add(log: TrainingLog): void {
    const memory = { memory_mib: process.memoryUsage.rss() / 2 ** 20 };
    const last = log.train_losses.length - 1;
    for (const tracker of this.#trackers) {
      for (let epoch = tracker.lastStep + 1; epoch <= last; epoch += 1) {
        const scalars = scalarsOf(log, epoch);
        tracker.add({
          step: epoch,
          time: log.epoch_end_timestamps[epoch],
          scalars: epoch === last ? { ...scalars, ...memory } : scalars,
        });
      }
    }
  }

  /** Keeps how well the fold's network predicts its validation cases. */
  finish(validationDice: number | null): void {
    for (const tracker of this.#trackers) {
      tracker.finish({ 'validation/mean_dice': validationDice ?? NaN });
    }
  }
}

const scalarsOf = (log: TrainingLog, epoch: number): Record<string, number> => ({
  'loss/train': log.train_losses[epoch],
  'loss/validation': log.val_losses[epoch],
  'dice/mean': log.mean_fg_dice[epoch],
  'dice/moving_average': log.ema_fg_dice[epoch],
  learning_rate: log.lrs[epoch],
  epoch_seconds: log.epoch_end_timestamps[epoch] - log.epoch_start_timestamps[epoch],
});

/** What was asked for, as single values. */
function parametersOf(job: FoldJob): Record<string, string | number | boolean> {
  const parameters: Record<string, string | number | boolean> = {
    trainer: job.trainer.name,
    epochs: job.trainer.epochs,
    recipe: job.trainer.recipe,
  };
  for (const [name, value] of Object.entries(job)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      parameters[name] = value;
    }
  }
  return parameters;
}
