import { Worker } from 'node:worker_threads';
import { reasonOf } from '@fractura/errors';
import { UnetModelError } from '../errors.js';
import type { Batch } from './batch.js';
import { makeBatch, type BatchRecipe } from './batch-source.js';

/** Which batch: the index of its recipe, and its number among the batches of that recipe. */
export interface BatchId {
  recipe: number;
  number: number;
}

export interface BatchSupplyOptions {
  recipes: readonly BatchRecipe[];
  /** The batches in the order in which they will be taken. */
  order: Iterable<BatchId>;
  /** Threads that make batches ahead; 0 makes each when it is taken. */
  workers: number;
}

/** Batches that a worker is making or has made: one in work while the other waits to be taken. */
const aheadPerWorker = 2;

/**
 * Hands out batches in order and has threads make the next ones meanwhile. A batch depends on its name alone, so neither the
 * number of threads nor their pace changes a result. Whoever made it closes it.
 */
export class BatchSupply {
  readonly #recipes: readonly BatchRecipe[];
  readonly #order: Iterator<BatchId>;
  readonly #workers: BatchWorker[];
  readonly #ahead: Promise<Batch>[] = [];
  #requested = 0;

  constructor({ recipes, order, workers }: BatchSupplyOptions) {
    this.#recipes = recipes;
    this.#order = order[Symbol.iterator]();
    this.#workers = Array.from({ length: workers }, () => new BatchWorker(recipes));
    this.#requestAhead();
  }

  /** @throws UnetModelError `worker-died` */
  async next(): Promise<Batch> {
    if (this.#workers.length === 0) {
      const { recipe, number } = this.#order.next().value as BatchId;
      return makeBatch(this.#recipes[recipe], number);
    }
    const batch = await this.#ahead.shift();
    this.#requestAhead();
    return batch!;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end()));
  }

  #requestAhead(): void {
    while (this.#ahead.length < aheadPerWorker * this.#workers.length) {
      const next = this.#order.next();
      if (next.done === true) {
        return;
      }
      const worker = this.#workers[this.#requested % this.#workers.length];
      const batch = worker.make(next.value);
      this.#requested += 1;
      // It is thrown where the batch is taken; until then it must not end the process.
      batch.catch(() => undefined);
      this.#ahead.push(batch);
    }
  }
}

/** One thread, and the promises of the batches that it was asked for. */
class BatchWorker {
  readonly #thread: Worker;
  readonly #waiting: { resolve: (batch: Batch) => void; reject: (error: Error) => void }[] = [];
  #failure: UnetModelError | undefined;

  constructor(recipes: readonly BatchRecipe[]) {
    this.#thread = new Worker(workerFile(), { workerData: recipes });
    this.#thread.on('message', (batch: Batch) => this.#waiting.shift()?.resolve(batch));
    this.#thread.on('error', (error) => {
      this.#fail(reasonOf(error), error);
    });
    this.#thread.on('exit', (code) => {
      this.#fail(`it ended with code ${code}`);
    });
  }

  make(name: BatchId): Promise<Batch> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#thread.postMessage(name);
    });
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #fail(reason: string, cause?: Error): void {
    this.#failure ??= new UnetModelError(`A thread that prepares batches died: ${reason}.`, {
      code: 'worker-died',
      remedy: 'Train again: it goes on from the last checkpoint. If memory ran out, use fewer workers, or 0.',
      cause,
    });
    for (const { reject } of this.#waiting.splice(0)) {
      reject(this.#failure);
    }
  }
}

/** Threads run built code: beside this file in the package, in `dist` where tests run the sources. */
function workerFile(): URL {
  const fromSources = import.meta.url.endsWith('.ts');
  return new URL(fromSources ? '../../dist/batch-worker.js' : './batch-worker.js', import.meta.url);
}
