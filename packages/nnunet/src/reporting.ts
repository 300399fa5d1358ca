import { silentTask, type ProgressTask } from '@fractura/command-line';

/** How long work says what it does and is stopped. Whatever is left out is silent. A command's context can be passed as it is. */
export interface Reporting {
  /** Takes one line that is worth reading. */
  note?: (line: string) => void;
  /** Begins a task of this title and shows how far it is. */
  progress?: (title: string) => ProgressTask;
  /** Stops the work when it is aborted. */
  signal?: AbortSignal;
}

/** The same with silent parts in place of those left out. */
export function completeReporting({ note, progress, signal }: Reporting): Required<Reporting> {
  return {
    note: note ?? (() => undefined),
    progress: progress ?? (() => silentTask),
    signal: signal ?? new AbortController().signal,
  };
}
