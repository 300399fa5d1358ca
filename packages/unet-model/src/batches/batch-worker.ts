import { answerQuestions } from '@fractura/concurrency';
import type { Batch } from './batch.js';
import type { BatchMaker, BatchSource } from './batch-method.js';
import { openBatchSource } from './batch-source.js';
import type { BatchId } from './batch-supply.js';

// The program of the thread that makes batches: it receives their identifiers and answers the batches.
const makers = new Map<number, Promise<BatchMaker>>();

answerQuestions(makeById, { transfer: memoryOf });

async function makeById({ source, number }: BatchId, sources: readonly BatchSource[]): Promise<Batch> {
  const maker = makers.get(source) ?? openBatchSource(sources[source]);
  makers.set(source, maker);
  return (await maker)(number);
}

function memoryOf({ image, levels }: Batch): ArrayBuffer[] {
  return [image, ...levels.map(({ labels }) => labels)].map(({ buffer }) => buffer as ArrayBuffer);
}
