import type { TaskOptions } from '@fractura/concurrency';

/** What every function that goes over many cases takes: how it is followed, stopped and spread over threads. */
export interface CaseTaskOptions extends TaskOptions {
  /** Cases processed at the same time, each in its own thread; bounds memory. Default: one per processor, fewer for little work. 1 starts no thread. */
  workers?: number | undefined;
}
