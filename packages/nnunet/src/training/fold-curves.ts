import { basename, dirname, join } from 'node:path';
import { foldFolder } from '@fractura/nnunet-format';
import { encodePng } from '@fractura/radiograph';
import { openTracker, TrackingError, type Tracker } from '@fractura/tracking';
import type { EpochExample, TrainingLog } from '@fractura/unet-model';
import { drawExample } from './draw-example.js';
import type { FoldJob } from './fold-job.js';

/** The curves of a fold's training, kept where the job says; each fold is a run of one experiment, the model. */
export class FoldCurves {
  private constructor(
    private readonly trackers: readonly Tracker[],
    private readonly warn: (line: string) => void,
  ) {}

  /**
   * @param warn is told where a server does not take curves; the training goes on, and they are sent with those of the next epoch.
   * @throws TrackingError where curves cannot be begun
   */
  static async open(job: FoldJob, warn: (line: string) => void): Promise<FoldCurves> {
    const { modelFolder, trackFolder = join(modelFolder, 'tracking') } = job;
    const trackers: Tracker[] = [];
    for (const name of job.track ?? []) {
      trackers.push(
        await openTracker({
          name,
          folder: join(trackFolder, name),
          server: job.trackServer,
          experiment: job.trackExperiment ?? `${basename(dirname(modelFolder))} ${basename(modelFolder)}`,
          run: job.trackRun === undefined ? foldFolder(job.fold) : `${job.trackRun}_${foldFolder(job.fold)}`,
          parameters: parametersOf(job),
          restart: job.restart,
        }),
      );
    }
    return new FoldCurves(trackers, warn);
  }

  /**
   * Adds the epochs that are not kept yet: a training may have been killed between its checkpoint and this.
   *
   * @param example of the last epoch.
   */
  async add(log: TrainingLog, example?: EpochExample): Promise<void> {
    const memory = { memory_mib: process.memoryUsage.rss() / 2 ** 20 };
    const last = log.train_losses.length - 1;
    const pictures: Record<string, Uint8Array> = {};
    if (this.trackers.length > 0 && example !== undefined) {
      pictures.example = await encodePng(drawExample(example));
    }
    for (const tracker of this.trackers) {
      await this.#unlessServerFails(async () => {
        for (let epoch = tracker.lastStep + 1; epoch <= last; epoch += 1) {
          const scalars = scalarsOf(log, epoch);
          const step = { step: epoch, time: log.epoch_end_timestamps[epoch], scalars };
          await tracker.add(epoch === last ? { ...step, scalars: { ...scalars, ...memory }, pictures } : step);
        }
      });
    }
  }

  /** Keeps how well the fold's network predicts its validation cases. */
  async finish(validationDice: number | null): Promise<void> {
    for (const tracker of this.trackers) {
      await this.#unlessServerFails(async () => tracker.finish({ 'validation/mean_dice': validationDice ?? NaN }));
    }
  }

  async #unlessServerFails(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TrackingError) || !error.code.startsWith('server-')) {
        throw error;
      }
      this.warn(`Curves were not sent: ${error.message}`);
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
    // Where curves go is no setting of the training, and may hold a password.
    if (name.startsWith('track')) {
      continue;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      parameters[name] = value;
    }
  }
  return parameters;
}
