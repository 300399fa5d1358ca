import { parentPort, workerData } from 'node:worker_threads';
import { makeBatch, type BatchRecipe } from './batch-source.js';
import type { BatchName } from './batch-supply.js';

/** The thread that makes batches: gets their names, gives them back in that order. */
const recipes = workerData as readonly BatchRecipe[];

parentPort?.on('message', ({ recipe, number }: BatchName) => {
  const batch = makeBatch(recipes[recipe], number);
  const memory = [batch.image, ...batch.levels.map(({ labels }) => labels)].map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(batch, memory);
});
