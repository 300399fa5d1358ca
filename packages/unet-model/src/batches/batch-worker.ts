import { answerQuestions } from '@fractura/concurrency';
import { workerData } from 'node:worker_threads';
import type { Batch } from './batch.js';
import type { BatchSource } from './batch-method.js';
import { batchesOf } from './batch-source.js';

// The program of the thread that makes batches: it receives their identifiers and answers the batches.
answerQuestions(batchesOf(workerData as readonly BatchSource[]), { transfer: memoryOf });

function memoryOf({ image, levels }: Batch): ArrayBuffer[] {
  return [image, ...levels.map(({ labels }) => labels)].map(({ buffer }) => buffer as ArrayBuffer);
}
