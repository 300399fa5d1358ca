import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { builtProgram, forEachConcurrently } from '@fractura/concurrency';
import type { DatasetCase } from '../dataset/read-dataset.js';
import type { CaseTaskOptions } from './case-task-options.js';
import { startCaseThread } from './case-thread.js';
import { workOnCase, type CaseResult, type CaseWork } from './case-work.js';

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
  { workers = worthwhileWorkers(cases), signal, onProgress }: CaseTaskOptions = {},
): Promise<CaseResult<Work>[]> {
  signal?.throwIfAborted();
  const results = new Array<CaseResult<Work>>(cases.length);
  const program = builtProgram(import.meta.url, 'case-worker');
  const concurrency = Math.min(Math.max(1, Math.floor(workers)), cases.length);
  if (concurrency < 2 || !existsSync(program)) {
    const workHere = async (given: DatasetCase, index: number) => {
      results[index] = (await workOnCase(work, given)) as CaseResult<Work>;
    };
    await forEachConcurrently(cases, workHere, { concurrency: 1, signal, onProgress });
    return results;
  }

  const threads = Array.from({ length: concurrency }, () => startCaseThread(program, work));
  const idle = [...threads];
  const endThreads = () => Promise.all(threads.map((thread) => thread.end()));
  // A case may take minutes: an abort does not wait for it.
  const abort = () => void endThreads();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const workInThread = async (given: DatasetCase, index: number) => {
      const thread = idle.pop()!;
      results[index] = (await thread.ask(given)) as CaseResult<Work>;
      idle.push(thread);
    };
    await forEachConcurrently(cases, workInThread, { concurrency, signal, onProgress });
    return results;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await endThreads();
  }
}

function worthwhileWorkers(cases: readonly DatasetCase[]): number {
  const bytes = cases.reduce((sum, { images }) => sum + images.reduce((all, file) => all + sizeOf(file), 0), 0);
  return Math.min(availableParallelism(), Math.ceil(cases.length / casesWorthAThread + bytes / bytesWorthAThread));
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
