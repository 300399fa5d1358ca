import { AnsweringThread, builtProgram, decodeError } from '@fractura/concurrency';
import { reasonOf } from '@fractura/errors';
import { UnetModelError } from '../errors.js';
import type { Batch } from './batch.js';
import type { BatchId, BatchSource } from './batch-method.js';
import { batchesOf } from './batch-source.js';

export interface BatchSupplyOptions {
  sources: readonly BatchSource[];
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
  readonly #make: (id: BatchId) => Promise<Batch>;
  readonly #order: Iterator<BatchId>;
  readonly #workers: AnsweringThread<BatchId, Batch>[];
  readonly #ahead: Promise<Batch>[] = [];
  #requested = 0;

  constructor({ sources, order, workers }: BatchSupplyOptions) {
    this.#make = batchesOf(sources);
    this.#order = order[Symbol.iterator]();
    this.#workers = Array.from({ length: workers }, () => startBatchThread(sources));
    this.#requestAhead();
  }

  /** @throws UnetModelError `worker-died` */
  async next(): Promise<Batch> {
    if (this.#workers.length === 0) {
      return this.#make(this.#order.next().value as BatchId);
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
      const batch = worker.ask(next.value);
      this.#requested += 1;
      // It is thrown where the batch is taken; until then it must not end the process.
      batch.catch(() => undefined);
      this.#ahead.push(batch);
    }
  }
}

/** A thread that makes batches. A batch that it fails to make counts as its end. */
function startBatchThread(sources: readonly BatchSource[]): AnsweringThread<BatchId, Batch> {
  return new AnsweringThread(builtProgram(import.meta.url, 'batch-worker'), {
    data: sources,
    failed: (failure) => workerDied(reasonOf(decodeError(failure))),
    died: (reason, _, cause) => workerDied(reason, cause),
  });
}

function workerDied(reason: string, cause?: Error): UnetModelError {
  return new UnetModelError(`A thread that prepares batches died: ${reason}.`, {
    code: 'worker-died',
    remedy: 'Train again: it goes on from the last checkpoint. If memory ran out, use fewer workers, or 0.',
    cause,
  });
}
