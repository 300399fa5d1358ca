import type { RadiographPreparation } from '@fractura/radiograph';
import { statSync } from 'node:fs';
import { infer } from '@fractura/tfjs-training';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Calibration } from '../calibration/calibrate.js';
import { cutBatches } from '../batches/cut-batches.js';
import { fillBatch } from '../batches/fill-batch.js';
import { readImage, type ImageSize, type UnlabelledSample } from '../data/classifier-sample.js';
import { Resnet18ClassifierError } from '../errors.js';
import { buildClassifier, type BackboneName } from '@fractura/backbones';
import { networkOf, preparationOf, readClassifierCheckpoint } from '../training/checkpoint.js';
import { requireCount, requireThat } from '../recipe/require-option.js';
import { explanationMethods, gradCam, type GradCamOptions } from './grad-cam.js';
import { softmax } from '../calibration/softmax.js';

export interface PredictOptions {
  /** Default 32. */
  batchSize?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

export interface ExplainOptions extends PredictOptions, GradCamOptions {}

export interface Prediction {
  id: string;
  /** One per class, of the network itself. */
  logits: number[];
  /** One per class, in the order of `classNames`, of the logits divided by the calibration's temperature; they sum to 1. */
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
  readonly network: BackboneName;
  readonly classNames: readonly string[];
  /** What the validation images say of its probabilities; absent in checkpoints of earlier versions. */
  readonly calibration?: Calibration;
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
   * Grad-CAM or Grad-CAM++ heatmaps of a stage's features, in the order of the samples.
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
  const { classNames, image: size, normalisation } = record;
  const temperature = record.calibration?.temperature ?? 1;
  const name = networkOf(record);
  const network = buildClassifier({ name, inputChannels: size.channels, classes: classNames.length, weights });

  return {
    network: name,
    classNames,
    calibration: record.calibration,
    image: size,
    preparation: preparationOf(record),
    predict: (samples, options = {}) =>
      overBatches(samples, options, async (images, batch) => {
        const result = infer(() => network.forward(images));
        const logits = (await result.array()) as number[][];
        result.dispose();
        return batch.map(({ id }, n) => ({ id, logits: logits[n], probabilities: softmax(logits[n], temperature) }));
      }),
    explain: (samples, { classIndex, method, stride, ...options } = {}) => {
      if (classIndex !== undefined) {
        requireClass(classIndex, classNames);
      }
      requireThat(
        'method',
        method,
        method === undefined || explanationMethods.includes(method),
        'Choose from grad-cam, grad-cam++.',
      );
      const strides = network.stages.map((stage) => stage.stride);
      requireThat(
        'stride',
        stride,
        stride === undefined || strides.includes(stride),
        `Choose from ${strides.join(', ')}.`,
      );
      return overBatches(samples, options, async (images, batch) => {
        const { logits, maps } = gradCam(network, images, { classIndex, method, stride });
        const [scores, values] = await Promise.all([logits.array() as Promise<number[][]>, maps.data()]);
        tf.dispose([logits, maps]);
        const pixels = size.height * size.width;
        return batch.map(({ id }, n) => ({
          id,
          logits: scores[n],
          probabilities: softmax(scores[n], temperature),
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
    requireCount('batchSize', batchSize);
    const results: T[] = [];
    for (const batch of cutBatches(samples, batchSize)) {
      signal?.throwIfAborted();
      const read = await Promise.all(batch.map((sample) => readImage(sample, size)));
      const data = fillBatch(read, { size, normalisation, augmentation: 'none' });
      const images = tf.tensor4d(data, [batch.length, size.height, size.width, size.channels]);
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
