import { availableParallelism } from 'node:os';

/** What every function that goes over many cases takes. */
export interface LongTask {
  /** Cases in work at once; bounds memory. Default: processors + 1. */
  workers?: number;
  signal?: AbortSignal;
  /** Called after each case. */
  onProgress?: (progress: { done: number; total: number }) => void;
}

/** Applies `work` to all items, a few at a time; results come in the order of the items. The first failure ends it. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { workers = availableParallelism() + 1, signal, onProgress }: LongTask = {},
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < items.length) {
      signal?.throwIfAborted();
      const index = next;
      next += 1;
      results[index] = await work(items[index]);
      done += 1;
      onProgress?.({ done, total: items.length });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(Math.max(1, workers), items.length) }, worker));
  } finally {
    // The others stop after the case they are at.
    next = items.length;
  }
  return results;
}
