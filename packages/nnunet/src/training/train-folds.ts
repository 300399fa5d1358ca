import { availableParallelism } from 'node:os';
import { describeError } from '@fractura/command-line';
import { NnunetError } from '../errors.js';
import type { Reporting } from '../reporting.js';
import type { FoldJob, FoldProgress, FoldResult } from './fold-job.js';
import { startFoldProcess } from './start-fold-process.js';
import { trainOneFold } from './train-one-fold.js';

/** How to go through several folds. */
export interface TrainFoldsOptions extends Reporting {
  jobs: readonly FoldJob[];
  /** Folds at once, each in a process of its own; 1 trains one after the other in this one. */
  parallel: number;
  /** GPUs to deal out to the processes, as in CUDA_VISIBLE_DEVICES; none: cores are divided. */
  gpus?: readonly string[];
}

/**
 * Trains folds, one after the other or several at once, under one progress display. A fold that fails is told at once and
 * does not keep the others from being trained.
 *
 * @throws NnunetError `folds-failed` naming those that failed, when all have been tried.
 */
export async function trainFolds(options: TrainFoldsOptions): Promise<FoldResult[]> {
  const { jobs, parallel, gpus = [], note, progress, signal } = options;
  const slots = Math.min(parallel, jobs.length);
  const task = progress(
    jobs.length === 1 ? `Training fold ${jobs[0].fold}, epochs` : `Training ${jobs.length} folds, epochs`,
  );
  const states = new Map<FoldJob, FoldProgress>();
  const results: FoldResult[] = [];
  const failures: { job: FoldJob; message: string; remedy?: string }[] = [];
  const waiting = [...jobs];
  const threads = Math.max(1, Math.floor(availableParallelism() / slots));

  await Promise.all(Array.from({ length: slots }, (_, slot) => workOff(slot)));
  signal.throwIfAborted();
  results.sort((a, b) => jobs.findIndex(({ fold }) => fold === a.fold) - jobs.findIndex(({ fold }) => fold === b.fold));
  task.finish(`${results.length} of ${jobs.length} folds done`);
  if (failures.length === 0) {
    return results;
  }
  const [{ message, remedy = '' }] = failures;
  const names = failures.map(({ job }) => job.fold).join(', ');
  throw new NnunetError(`Fold ${names} failed: ${message}.`, {
    code: 'folds-failed',
    remedy: `${remedy} The same command tries again; finished folds are kept.`.trim(),
  });

  async function workOff(slot: number): Promise<void> {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      if (signal.aborted) {
        return;
      }
      try {
        results.push(await train(job, slot));
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        const { message, remedy } = describeError(error);
        failures.push({ job, message, remedy });
        if (jobs.length > 1) {
          note(`Fold ${job.fold} failed: ${message}`);
        }
      }
      const state = states.get(job);
      if (state) {
        states.set(job, { ...state, done: state.total, secondsLeft: 0, note: 'done' });
      }
    }
  }

  function train(job: FoldJob, slot: number): Promise<FoldResult> {
    const onProgress = (state: FoldProgress) => {
      states.set(job, state);
      show();
    };
    if (slots === 1) {
      return trainOneFold(job, { signal, onProgress });
    }
    const gpu = gpus.length > 0 ? { gpu: gpus[slot % gpus.length] } : {};
    // Cores that compute are taken by the other folds too: one thread of each process prepares batches.
    return startFoldProcess({ threads, workers: 1, ...job }, { signal, onProgress, ...gpu });
  }

  function show(): void {
    const known = [...states.values()];
    const running = known.filter(({ done, total }) => done < total);
    const total = Math.max(...known.map((state) => state.total));
    const done = known.reduce((sum, state) => sum + state.done, 0);
    const shown = running.length > 0 ? running : known.slice(-1);
    task.update({
      done: Math.round(done / 10) / 100,
      total: Math.round((total * jobs.length) / 10) / 100,
      note: shown.map((state) => (jobs.length === 1 ? state.note : `fold ${state.fold}: ${state.note}`)).join('; '),
      ...secondsLeft(known, total),
    });
  }

  /** Folds that wait will take as long as those that run, as many at once; nothing where no pace is known yet. */
  function secondsLeft(known: readonly FoldProgress[], total: number): { secondsLeft?: number } {
    const paced = known.filter((state) => Number.isFinite(state.secondsLeft));
    if (paced.length === 0) {
      return {};
    }
    const training = paced.filter(({ done, total: all }) => done < all);
    const pace = training.reduce((sum, state) => sum + state.secondsLeft / (state.total - state.done), 0);
    const ofWaiting = training.length > 0 ? (waiting.length * total * pace) / training.length / slots : 0;
    return { secondsLeft: Math.max(...paced.map((state) => state.secondsLeft)) + ofWaiting };
  }
}
