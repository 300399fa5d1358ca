import type { RadiographPreparation } from '@fractura/radiograph';
import { infer, type StateDict } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { buildClassifier, type BackboneName } from '@fractura/backbones';
import { cutBatches } from '../batches/cut-batches.js';
import { fillBatch } from '../batches/fill-batch.js';
import type { Calibration } from '../calibration/calibrate.js';
import { softmax } from '../calibration/softmax.js';
import { readImage, type ImageSize, type UnlabelledSample } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import { Resnet18ClassifierError } from '../errors.js';
import { requireCount, requireThat } from '../recipe/require-option.js';
import { explanationMethods, gradCam, type GradCamOptions } from './grad-cam.js';

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

/** What a trained network and its images are, as plain data. */
export interface ClassifierDescription {
  readonly network: BackboneName;
  readonly classNames: readonly string[];
  /** What the validation images say of its probabilities; absent in checkpoints of earlier versions. */
  readonly calibration?: Calibration;
  /** The size that its images must have. */
  readonly image: ImageSize;
  readonly normalisation: Normalisation;
  /** How image files become such images; absent where it judges arrays that no image file gives. */
  readonly preparation?: RadiographPreparation;
}

/** A trained network with what it needs to know of its images. Whoever opened it disposes it. */
export interface Classifier extends ClassifierDescription {
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
 * A classifier of a description and weights. It needs no files, and runs in web pages, too.
 *
 * @throws TfjsTrainingError `weights-missing`, `weights-unexpected`, `weights-shape`
 */
export function openClassifier(description: ClassifierDescription, weights: StateDict): Classifier {
  const { classNames, image: size, normalisation, calibration } = description;
  const temperature = calibration?.temperature ?? 1;
  const network = buildClassifier({
    name: description.network,
    inputChannels: size.channels,
    classes: classNames.length,
    weights,
  });

  return {
    ...description,
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
