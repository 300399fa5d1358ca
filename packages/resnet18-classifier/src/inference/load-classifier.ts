import type { RadiographPreparation } from '@fractura/radiograph';
import { statSync } from 'node:fs';
import { infer } from '@fractura/tfjs-training';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { cutBatches, readBatch } from '../data/batches.js';
import { readImage, type ImageSize, type UnlabelledSample } from '../data/classifier-sample.js';
import { Resnet18ClassifierError } from '../errors.js';
import { buildResnet } from '@fractura/backbones';
import { preparationOf, readClassifierCheckpoint } from '../training/checkpoint.js';
import { requireThat } from '../training/check-options.js';
import { gradCam } from './grad-cam.js';

export interface PredictOptions {
  /** Default 32. */
  batchSize?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

export interface ExplainOptions extends PredictOptions {
  /** The class to explain; default the most probable one of each image. */
  classIndex?: number;
}

export interface Prediction {
  id: string;
  /** One per class, in the order of `classNames`; they sum to 1. */
  probabilities: number[];
}

/** Where an image speaks for a class. */
export interface Explanation extends Prediction {
  /** The class that is explained. */
  classIndex: number;
  /** `[height, width]`, from 0 to 1 at the place that speaks most for the class; all 0 where nothing does. */
  heatmap: Float32Array;
}

/** A trained network with what it needs to know of its images. Whoever loaded it disposes it. */
export interface Classifier {
  readonly classNames: readonly string[];
  /** The size that its images must have. */
  readonly image: ImageSize;
  /** How image files become such images; absent where it judges arrays that no image file gives. */
  readonly preparation?: RadiographPreparation;
  /**
   * Class probabilities, in the order of the samples.
   *
   * @throws Resnet18ClassifierError `image-invalid`, `option-invalid`
   */
  predict(samples: readonly UnlabelledSample[], options?: PredictOptions): Promise<Prediction[]>;
  /**
   * Grad-CAM heatmaps of the last convolutional features (Selvaraju et al., arXiv:1610.02391), in the order of the samples.
   *
   * @throws Resnet18ClassifierError `image-invalid`, `option-invalid`
   */
  explain(samples: readonly UnlabelledSample[], options?: ExplainOptions): Promise<Explanation[]>;
  dispose(): void;
}

/**
 * Loads a trained classifier.
 *
 * @param path a checkpoint's `.safetensors`, or the folder of a training, of which the best checkpoint is taken
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function loadClassifier(path: string): Promise<Classifier> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const { record, weights } = await readClassifierCheckpoint(isFolder ? checkpointFile(path, 'best') : path, {
    withOptimizer: false,
  });
  const { depth, classNames, image: size, normalisation } = record;
  const network = buildResnet({ depth, inputChannels: size.channels, classes: classNames.length, weights });

  return {
    classNames,
    image: size,
    preparation: preparationOf(record),
    predict: (samples, options = {}) =>
      overBatches(samples, options, async (images, batch) => {
        const result = infer(() => tf.softmax(network.forward(images)));
        const probabilities = (await result.array()) as number[][];
        result.dispose();
        return batch.map(({ id }, n) => ({ id, probabilities: probabilities[n] }));
      }),
    explain: (samples, { classIndex, ...options } = {}) => {
      if (classIndex !== undefined) {
        requireClass(classIndex, classNames);
      }
      return overBatches(samples, options, async (images, batch) => {
        const { probabilities, maps } = gradCam(network, images, classIndex);
        const [scores, values] = await Promise.all([probabilities.array() as Promise<number[][]>, maps.data()]);
        tf.dispose([probabilities, maps]);
        const pixels = size.height * size.width;
        return batch.map(({ id }, n) => ({
          id,
          probabilities: scores[n],
          classIndex: classIndex ?? scores[n].indexOf(Math.max(...scores[n])),
          heatmap: scaleToOne(values.slice(n * pixels, (n + 1) * pixels) as Float32Array),
        }));
      });
    },
    dispose: () => {
      network.dispose();
    },
  };

  async function overBatches<T>(
    samples: readonly UnlabelledSample[],
    { batchSize = 32, signal, onProgress }: PredictOptions,
    run: (images: Tensor4D, batch: readonly UnlabelledSample[]) => Promise<T[]>,
  ): Promise<T[]> {
    requireThat(
      'batchSize',
      batchSize,
      Number.isSafeInteger(batchSize) && batchSize >= 1,
      'Give a whole number of at least 1.',
    );
    const results: T[] = [];
    for (const batch of cutBatches(samples, batchSize)) {
      signal?.throwIfAborted();
      const { data, shape } = await readBatch(batch, { read: readImage, size, normalisation });
      const images = tf.tensor4d(data, shape);
      try {
        results.push(...(await run(images, batch)));
      } finally {
        images.dispose();
      }
      onProgress?.({ done: results.length, total: samples.length });
    }
    return results;
  }
}

function requireClass(index: number, classNames: readonly string[]): void {
  if (Number.isInteger(index) && index >= 0 && index < classNames.length) {
    return;
  }
  throw new Resnet18ClassifierError(`There is no class ${index}; the classifier has ${classNames.length}.`, {
    code: 'option-invalid',
    remedy: `Give the index, from 0, of one of ${classNames.join(', ')}.`,
  });
}

function scaleToOne(map: Float32Array): Float32Array {
  const most = map.reduce((a, b) => (b > a ? b : a), 0);
  return most > 0 ? map.map((value) => value / most) : map;
}
