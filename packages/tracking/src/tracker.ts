/** What is known after a step of a training, such as an epoch. */
export interface TrackedStep {
  /** From 0. */
  step: number;
  /** When it ended, in seconds since 1970. */
  time: number;
  /** By names such as `loss/train`; values that are not finite are left out. */
  scalars: Readonly<Record<string, number>>;
  /** PNG files by names such as `example`: what the step's network makes of an image. */
  pictures?: Readonly<Record<string, Uint8Array>>;
}

/** One run's curves, where they are kept. */
export interface Tracker {
  /** The last step that is kept; -1 where there is none. A training that goes on adds those after it. */
  readonly lastStep: number;
  /** Keeps a step, once; one that is kept already is passed over. */
  add: (step: TrackedStep) => void | Promise<void>;
  /** Keeps what the run came to. Steps may follow where it goes on all the same. */
  finish: (scalars: Readonly<Record<string, number>>) => void | Promise<void>;
}

/** A run among others. */
export interface TrackedRun {
  /** What its runs are compared in, such as the name of a model's folder. */
  experiment: string;
  /** Such as `fold_0`. */
  run: string;
  /** Its settings. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  /** Begin anew: what is kept of an earlier run of that name is removed. Default false. */
  restart?: boolean;
}

/** The scalars that can be drawn. */
export const finiteScalars = (scalars: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(scalars).filter(([, value]) => Number.isFinite(value));
