import { parentPort, workerData } from 'node:worker_threads';
import { makeBatch, type BatchRecipe } from './batch-source.js';
import type { BatchId } from './batch-supply.js';

/** The thread that makes batches: it receives their identifiers and posts the batches in that order. */
const recipes = workerData as readonly BatchRecipe[];

parentPort?.on('message', ({ recipe, number }: BatchId) => {
  const batch = makeBatch(recipes[recipe], number);
  const memory = [batch.image, ...batch.levels.map(({ labels }) => labels)].map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(batch, memory);
});
