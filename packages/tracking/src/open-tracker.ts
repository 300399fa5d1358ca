import { join } from 'node:path';
import { JsonLinesTracker } from './json-lines-tracker.js';
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
}

/**
 * Opens the curves of a run, to go on with those that are there.
 *
 * @throws TrackingError `record-damaged`; errors of the file system.
 */
export function openTracker({ name, folder, ...run }: OpenTrackerOptions): Tracker {
  switch (name) {
    case 'tensorboard':
      return new TensorboardTracker(join(folder, run.run), run);
    case 'jsonl':
      return new JsonLinesTracker(join(folder, `${run.run}.jsonl`), run);
    case 'mlflow':
      return new MlflowTracker(folder, run);
  }
}
