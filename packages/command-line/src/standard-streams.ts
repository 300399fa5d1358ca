import type { ProgramStreams } from './program.js';

/** Streams that a program may write to even after nobody reads them. */
export interface WatchedStreams extends ProgramStreams {
  /** What went wrong in writing to standard output, if anything did; a reader that went away is no fault. */
  failure: () => Error | undefined;
  /** Waits until it is known whether the last write failed. */
  settle: () => Promise<void>;
}

/** Watches where a program writes: what a reader leaves unread, as `| head -1` does, is dropped. */
export function watchStreams({ stdout, stderr }: ProgramStreams): WatchedStreams {
  let failure: Error | undefined;
  const keep = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      failure ??= error;
    }
  };
  // Nothing can be said where standard error itself fails.
  const ignore = () => undefined;
  if (stdout === process.stdout) {
    stdout.on('error', keep);
    stderr.on('error', ignore);
  }
  return {
    stdout,
    stderr,
    failure: () => failure,
    settle: async () => {
      // Files and pipes are written at once; a write that failed tells of it in a later turn.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
