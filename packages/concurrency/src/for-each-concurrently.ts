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

/** How much is done at a time. */
export interface ConcurrencyOptions<Item> {
  /** Items in work at a time, at most. */
  concurrency: number;
  /**
   * How much of the budget an item takes, such as the pixels of an image: items wait until there is room for them. One that takes
   * more than all of it is worked on alone.
   */
  weigh?: ((item: Item) => number) | undefined;
  /** What items in work may weigh together; default {@link pixelBudget}. */
  budget?: number | undefined;
}

/** Pixels of images in memory at a time: one of the largest that are read, or dozens of radiographs. */
export const pixelBudget = 2 ** 26;

/**
 * Does `work` for every item in order, up to `concurrency` at a time, and reports after each. After the first failure no
 * further work is started; what is under way is waited for, then the promise rejects.
 */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
  { concurrency, weigh, budget = pixelBudget, signal, onProgress }: TaskOptions & ConcurrencyOptions<Item>,
): Promise<void> {
  let next = 0;
  let done = 0;
  let failed = false;
  const room = new Room(budget);
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        signal?.throwIfAborted();
        const weight = Math.min(weigh?.(items[index]) ?? 0, budget);
        await room.take(weight);
        try {
          // Where another failed meanwhile, nothing more is begun.
          if (!failed) {
            await work(items[index], index);
          }
        } catch (error) {
          failed = true;
          throw error;
        } finally {
          room.give(weight);
        }
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

/** What is left of a budget; who finds too little waits, in turn. */
class Room {
  readonly #waiting: { weight: number; begin: () => void }[] = [];
  #left: number;

  constructor(budget: number) {
    this.#left = budget;
  }

  async take(weight: number): Promise<void> {
    if (this.#waiting.length === 0 && weight <= this.#left) {
      this.#left -= weight;
      return;
    }
    await new Promise<void>((begin) => this.#waiting.push({ weight, begin }));
  }

  give(weight: number): void {
    this.#left += weight;
    while (this.#waiting.length > 0 && this.#waiting[0].weight <= this.#left) {
      const { weight: taken, begin } = this.#waiting.shift()!;
      this.#left -= taken;
      begin();
    }
  }
}
