import { statSync } from 'node:fs';
import { infer } from '@fractura/tfjs-engine';
import * as tf from '@tensorflow/tfjs';
import { cutBatches, readBatch } from '../data/batches.js';
import { readImage, type ImageSize, type UnlabelledSample } from '../data/classifier-sample.js';
import { buildResnet } from '../network/build-resnet.js';
import { checkpointFile, readCheckpoint } from '../training/checkpoint.js';

export interface PredictOptions {
  /** Default 32. */
  batchSize?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

export interface Prediction {
  id: string;
  /** One per class, in the order of `classNames`; they sum to 1. */
  probabilities: number[];
}

/** A trained network with what it needs to know of its images. Whoever loaded it disposes it. */
export interface Classifier {
  readonly classNames: readonly string[];
  /** The size that its images must have. */
  readonly image: ImageSize;
  /** In the order of the samples. */
  predict(samples: readonly UnlabelledSample[], options?: PredictOptions): Promise<Prediction[]>;
  dispose(): void;
}

/**
 * Loads a trained classifier.
 *
 * @param path a checkpoint's `.safetensors`, or the folder of a training, of which the best checkpoint is taken
 * @throws Resnet18ClassifierError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function loadClassifier(path: string): Promise<Classifier> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const { record, weights } = await readCheckpoint(isFolder ? checkpointFile(path, 'best') : path);
  const { depth, classNames, image: size, normalisation } = record;
  const network = buildResnet({ depth, inputChannels: size.channels, classes: classNames.length, weights });

  return {
    classNames,
    image: size,
    async predict(samples, { batchSize = 32, signal, onProgress } = {}) {
      const predictions: Prediction[] = [];
      for (const batch of cutBatches(samples, batchSize)) {
        signal?.throwIfAborted();
        const { data, shape } = await readBatch(batch, { read: readImage, size, normalisation });
        const images = tf.tensor4d(data, shape);
        const result = infer(() => tf.softmax(network.forward(images)));
        const probabilities = (await result.array()) as number[][];
        images.dispose();
        result.dispose();
        batch.forEach(({ id }, n) => predictions.push({ id, probabilities: probabilities[n] }));
        onProgress?.({ done: predictions.length, total: samples.length });
      }
      return predictions;
    },
    dispose: () => {
      network.dispose();
    },
  };
}
