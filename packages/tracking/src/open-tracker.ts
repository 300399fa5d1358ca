import { join } from 'node:path';
import { JsonLinesTracker } from './json-lines-tracker.js';
import { MlflowServerTracker } from './mlflow-server-tracker.js';
import { MlflowTracker } from './mlflow-tracker.js';
import { TensorboardTracker } from './tensorboard/tensorboard-tracker.js';
import type { TrackedRun, Tracker } from './tracker.js';

/** Where curves can be kept. */
export const trackerNames = ['tensorboard', 'jsonl', 'mlflow'] as const;
export type TrackerName = (typeof trackerNames)[number];

/** Which curves are kept and where. */
export interface OpenTrackerOptions extends TrackedRun {
  name: TrackerName;
  /**
   * TensorBoard's log folder, in which the run becomes a folder; the folder of `RUN.jsonl`; or MLflow's file store. Runs of one
   * experiment share it.
   */
  folder: string;
  /** Of `mlflow`: the address of a tracking server, such as `http://host:5000`, which gets the curves instead of the folder. */
  server?: string | undefined;
}

/**
 * Opens the curves of a run, to go on with those that are there.
 *
 * @throws TrackingError `record-damaged`, `server-invalid`, `server-unreachable`, `server-refused`; errors of the file system.
 */
export async function openTracker({ name, folder, server, ...run }: OpenTrackerOptions): Promise<Tracker> {
  switch (name) {
    case 'tensorboard':
      return new TensorboardTracker(join(folder, run.run), run);
    case 'jsonl':
      return new JsonLinesTracker(join(folder, `${run.run}.jsonl`), run);
    case 'mlflow':
      return server === undefined ? new MlflowTracker(folder, run) : MlflowServerTracker.open(server, run);
  }
}
