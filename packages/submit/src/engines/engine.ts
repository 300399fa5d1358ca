import type { Submission } from '../submission/submission.js';

/** A part of a submission that is handed to an engine: jobs of one stage. */
export interface StageToStart {
  folder: string;
  submission: Submission;
  /** Stages in order, each with the jobs of it that are to be run. */
  stages: readonly { stage: number; indices: readonly number[] }[];
}

/** What an engine knows of jobs that are not done. */
export type Liveness = 'queued' | 'running' | 'gone';

/** Where jobs are computed: what differs between local processes, Slurm and Kubernetes. */
export interface Engine {
  /** What would be handed over: a script or YAML, as text. */
  describe: (start: StageToStart) => string;
  /** Hands jobs over. @returns what the scheduler calls them, for people */
  start: (start: StageToStart) => Promise<string[]>;
  /** What has become of the jobs that were handed over, by their index. */
  liveness: (folder: string, submission: Submission) => Promise<ReadonlyMap<number, Liveness>>;
  /** Ends jobs, or keeps them from beginning. */
  cancel: (folder: string, submission: Submission, indices: readonly number[]) => Promise<void>;
}
