import type { TaskOptions } from '@fractura/array-files';

/** What every function that goes over many cases takes: how it is followed, stopped and spread over threads. */
export interface CaseTaskOptions extends TaskOptions {
  /** Cases in work at once, each in a thread of its own; bounds memory. Default: processors, fewer for little work; 1 starts no thread. */
  workers?: number | undefined;
}
