import { answerQuestions } from '@fractura/concurrency';
import { workerData } from 'node:worker_threads';
import { readStoredImage } from '../data/stored-image.js';
import type { StoredBatch } from './batch-maker.js';
import { fillBatch, type BatchRecipe } from './fill-batch.js';

// The program of the thread that makes batches out of cached images.
answerQuestions(
  async ({ images, seeds }: StoredBatch) =>
    fillBatch(await Promise.all(images.map(readStoredImage)), workerData as BatchRecipe, seeds),
  { transfer: ({ buffer }) => [buffer as ArrayBuffer] },
);
