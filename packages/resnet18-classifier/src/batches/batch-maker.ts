import { AnsweringThread, builtProgram, decodeError } from '@fractura/concurrency';
import { Resnet18ClassifierError } from '../errors.js';
import type { StoredImage, UnlabelledSample } from '../data/classifier-sample.js';
import type { ReadImage } from '../data/image-cache.js';
import { fillBatch, type BatchRecipe } from './fill-batch.js';

/** Samples that are shown at once. */
export interface BatchPlan<Sample extends UnlabelledSample = UnlabelledSample> {
  samples: readonly Sample[];
  /** For each the seed of its changes; without them the images stay as they are. */
  seeds?: readonly number[];
}

/** What a thread is asked for. */
export interface StoredBatch {
  images: readonly StoredImage[];
  seeds?: readonly number[] | undefined;
}

/** Batches of one training or prediction. Whoever made it closes it. */
export interface BatchMaker {
  /** The batches of the plans in their order, the next ones made ahead. */
  batches<Sample extends UnlabelledSample>(
    plans: readonly BatchPlan<Sample>[],
  ): AsyncGenerator<{ plan: BatchPlan<Sample>; data: Float32Array }>;
  close(): Promise<void>;
}

export interface BatchMakerOptions {
  recipe: BatchRecipe;
  /** Reads the images that are not cached on disk. */
  read: ReadImage;
  /** Threads that make batches of cached images; 0 makes them here. */
  workers: number;
}

/** Batches that a worker is making or has made: one in work while the other waits to be taken. */
const aheadPerWorker = 2;

/**
 * Makes batches, those of cached images in threads. What an image becomes depends on its seed alone, so neither the number of threads
 * nor their pace changes a result.
 */
export function openBatchMaker({ recipe, read, workers }: BatchMakerOptions): BatchMaker {
  const threads = Array.from({ length: workers }, () => startThread(recipe));
  let asked = 0;
  const make = async ({ samples, seeds }: BatchPlan): Promise<Float32Array> => {
    const stored = samples.map((sample) => sample.stored);
    if (threads.length > 0 && stored.every((image) => image !== undefined)) {
      const thread = threads[asked % threads.length];
      asked += 1;
      return thread.ask({ images: stored, seeds });
    }
    const images = [];
    for (const sample of samples) {
      images.push(await read(sample, recipe.size));
    }
    return fillBatch(images, recipe, seeds);
  };
  return {
    batches: async function* (plans) {
      const ahead: Promise<Float32Array>[] = [];
      let next = 0;
      for (const plan of plans) {
        while (next < plans.length && ahead.length < Math.max(1, aheadPerWorker * threads.length)) {
          const batch = make(plans[next]);
          // It is thrown where the batch is taken; until then it must not end the process.
          batch.catch(() => undefined);
          ahead.push(batch);
          next += 1;
        }
        yield { plan, data: await ahead.shift()! };
      }
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function startThread(recipe: BatchRecipe): AnsweringThread<StoredBatch, Float32Array> {
  return new AnsweringThread(builtProgram(import.meta.url, 'batch-worker'), {
    data: recipe,
    failed: (failure) => decodeError(failure, { Resnet18ClassifierError }),
    died: (reason, _, cause) =>
      new Resnet18ClassifierError(`A thread that prepares batches died: ${reason}.`, {
        code: 'worker-died',
        remedy: 'Train again: it goes on from the last checkpoint. If memory ran out, use fewer workers, or 0.',
        cause,
      }),
  });
}
