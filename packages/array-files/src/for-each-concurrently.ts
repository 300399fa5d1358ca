/** How a long task over many files is followed and stopped. */
export interface TaskOptions {
  /** Called after each file with how many of all are done. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the work; the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** How far a long task has come, in files. */
export interface Progress {
  done: number;
  total: number;
}

/**
 * Does `work` for every item in order, up to `concurrency` at a time, and reports after each. After the first failure no
 * further work is started; what is under way is waited for, then the promise rejects.
 */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
  { concurrency, signal, onProgress }: TaskOptions & { concurrency: number },
): Promise<void> {
  let next = 0;
  let done = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        signal?.throwIfAborted();
        await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
      done += 1;
      onProgress?.({ done, total: items.length });
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, items.length) }, worker);
  const ended = await Promise.allSettled(workers);
  for (const end of ended) {
    if (end.status === 'rejected') {
      throw end.reason;
    }
  }
}
