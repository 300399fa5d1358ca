import { availableParallelism } from 'node:os';
import { describeError } from '@fractura/command-line';
import { NnunetError } from '../errors.js';
import { completeReporting, type Reporting } from '../reporting.js';
import type { FoldJob, FoldProgress, FoldOutcome } from './fold-job.js';
import { FoldsProgress } from './folds-progress.js';
import { runFold } from './run-fold.js';
import { startFoldProcess } from './start-fold-process.js';
import type { Recipe } from '@fractura/unet-model';
import type { FoldProcessSettings } from './training-settings.js';

/** Which folds to go through, and where they are computed. */
export interface RunFoldsOptions extends FoldProcessSettings, Reporting {
  jobs: readonly FoldJob[];
  /** Title of the task that shows the progress. */
  title: string;
  onProgress?: (progress: FoldProgress) => void;
  /** Default: the one that the jobs name. */
  recipe?: Recipe;
}

/**
 * Goes through folds, one after the other or several at once, under one progress display. A fold that fails is told at once and
 * does not keep the others from being done.
 *
 * @returns what became of them, in the order of the jobs.
 * @throws the failure of a fold that is alone; NnunetError `folds-failed` naming those that failed, when all have been tried.
 */
export async function runFolds(options: RunFoldsOptions): Promise<FoldOutcome[]> {
  const { jobs, title, parallel = 1, gpus, engine, threads, onProgress, recipe } = options;
  const { note, progress, signal } = completeReporting(options);
  // Functions do not travel to other processes.
  const atOnce = recipe ? 1 : Math.min(parallel, jobs.length);
  const task = progress(title);
  const overall = new FoldsProgress(jobs.length, atOnce);
  const results = new Map<FoldJob, FoldOutcome>();
  const failures = new Map<FoldJob, unknown>();
  const waiting = [...jobs];

  await Promise.all(Array.from({ length: atOnce }, (_, slot) => takeWaiting(slot)));
  signal.throwIfAborted();
  task.finish(`${results.size} of ${jobs.length} folds done`);
  if (failures.size > 0) {
    throw foldsFailed(jobs, failures);
  }
  return jobs.map((job) => results.get(job)!);

  /** Runs one fold after the other until none is waiting. */
  async function takeWaiting(slot: number): Promise<void> {
    for (let job = waiting.shift(); job && !signal.aborted; job = waiting.shift()) {
      try {
        results.set(job, await run(job, slot));
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        failures.set(job, error);
        if (jobs.length > 1) {
          note(`Fold ${job.fold} failed: ${describeError(error).message}`);
        }
      }
      overall.finish(job.fold);
    }
  }

  function run(job: FoldJob, slot: number): Promise<FoldOutcome> {
    const reporting = { signal, onProgress: report, recipe };
    if (atOnce === 1) {
      return runFold(job, reporting);
    }
    const ofProcess: FoldJob = {
      ...job,
      engine,
      threads: threads ?? Math.max(1, Math.floor(availableParallelism() / atOnce)),
      // The cores that compute are taken by the other folds too: one thread of each process prepares batches.
      workers: job.workers ?? 1,
      gpus: gpus && gpus.length > 0 ? [gpus[slot % gpus.length]] : gpus,
    };
    return startFoldProcess(ofProcess, reporting);
  }

  function report(state: FoldProgress): void {
    overall.update(state);
    task.update(overall.overall());
    onProgress?.(state);
  }
}

function foldsFailed(jobs: readonly FoldJob[], failures: ReadonlyMap<FoldJob, unknown>): unknown {
  const [first] = failures.values();
  if (jobs.length === 1) {
    return first;
  }
  const { message, remedy = '' } = describeError(first);
  const names = [...failures.keys()].map(({ fold }) => fold).join(', ');
  return new NnunetError(`Fold ${names} failed: ${message}`, {
    code: 'folds-failed',
    remedy: `${remedy} The same command tries again; finished folds are kept.`.trim(),
    cause: first,
  });
}
