import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { restoreFailure } from './case-failure.js';
import { workOnCase, type CaseResult, type CaseWork } from './case-work.js';
import type { CaseAnswer, CaseOrder } from './case-worker.js';
import type { LongTask } from './long-task.js';

/** A thread takes about as long to start as this many small cases, or files of this size, take to be read. */
const casesWorthAThread = 16;
const bytesWorthAThread = 8 << 20;

/**
 * Does the same work for every case, several at once, each in a thread of its own; results come in the order of the cases. The
 * first failure ends it.
 */
export async function mapCases<Work extends CaseWork>(
  work: Work,
  cases: readonly DatasetCase[],
  { workers = worthwhileWorkers(cases), signal, onProgress }: LongTask = {},
): Promise<CaseResult<Work>[]> {
  signal?.throwIfAborted();
  const results = new Array<CaseResult<Work>>(cases.length);
  let done = 0;
  const keep = (index: number, result: unknown) => {
    results[index] = result as CaseResult<Work>;
    done += 1;
    onProgress?.({ done, total: cases.length });
  };
  const file = workerFile();
  const threads = Math.min(Math.max(1, Math.floor(workers)), cases.length);
  if (threads < 2 || file === undefined) {
    for (const [index, one] of cases.entries()) {
      signal?.throwIfAborted();
      keep(index, await workOnCase(work, one));
    }
    return results;
  }
  await runThreads(file, { work, cases, threads, signal, keep });
  return results;
}

interface ThreadedRun {
  work: CaseWork;
  cases: readonly DatasetCase[];
  threads: number;
  signal: AbortSignal | undefined;
  keep: (index: number, result: unknown) => void;
}

async function runThreads(file: string, { work, cases, threads, signal, keep }: ThreadedRun): Promise<void> {
  const pool: Worker[] = [];
  let next = 0;
  let left = cases.length;
  let abort: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      abort = () => {
        reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
      const give = (worker: Worker) => {
        if (next >= cases.length) {
          return;
        }
        worker.postMessage({ index: next, one: cases[next] } satisfies CaseOrder);
        next += 1;
      };
      for (let i = 0; i < threads; i += 1) {
        const worker = new Worker(file, { workerData: work });
        pool.push(worker);
        worker.on('error', reject);
        worker.on('message', (answer: CaseAnswer) => {
          if ('failure' in answer) {
            reject(restoreFailure(answer.failure));
            return;
          }
          give(worker);
          keep(answer.index, answer.result);
          left -= 1;
          if (left === 0) {
            resolve();
          }
        });
        give(worker);
      }
    });
  } finally {
    if (abort) {
      signal?.removeEventListener('abort', abort);
    }
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
}

/** The built program of a thread: beside this file when built, in `dist` when run from the sources. */
function workerFile(): string | undefined {
  const places = ['./case-worker.js', '../../dist/case-worker.js'];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((file) => existsSync(file));
}

function worthwhileWorkers(cases: readonly DatasetCase[]): number {
  const bytes = cases.reduce((sum, { images }) => sum + images.reduce((all, file) => all + sizeOf(file), 0), 0);
  return Math.min(availableParallelism(), Math.ceil(cases.length / casesWorthAThread + bytes / bytesWorthAThread));
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
