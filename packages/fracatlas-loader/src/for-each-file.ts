import type { TaskOptions } from './progress.js';

/**
 * Runs `work` for every item, `concurrency` at a time, and reports progress after each; the first failure ends the rest.
 */
export async function forEachFile<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
  { concurrency, onProgress, signal }: TaskOptions & { concurrency: number },
): Promise<void> {
  let next = 0;
  let done = 0;
  let failed = false;
  async function worker(): Promise<void> {
    while (next < items.length && !failed) {
      signal?.throwIfAborted();
      const index = next;
      next += 1;
      try {
        await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
      done += 1;
      onProgress?.({ done, total: items.length });
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}
