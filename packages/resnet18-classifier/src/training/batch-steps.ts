import type { Classifier } from '@fractura/backbones';
import {
  crossEntropy,
  infer,
  trainingStep,
  type AveragedWeights,
  type MixedPrecision,
  type Optimizer,
  type StatisticsEstimate,
} from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { ClassifierRecipe } from '../recipe/recipe.js';

/** What steps work with. */
export interface TrainedNetwork {
  network: Classifier;
  optimizer: Optimizer;
  precision: MixedPrecision;
  /** Where the network to use is the average of the training's weights. */
  averaged: AveragedWeights | undefined;
}

/** A normalised batch with its labels. */
export interface LabelledBatch {
  data: Float32Array;
  shape: [number, number, number, number];
  labels: number[];
}

/** What one batch gave. */
export interface BatchResult {
  /** Mean over the batch. */
  loss: number;
  /** For each sample a logit of every class. */
  logits: number[][];
}

/** One optimizer step. @returns loss and logits before the step, in training mode */
export async function trainOnBatch(
  { network, precision, optimizer, averaged }: TrainedNetwork,
  { data, shape, labels }: LabelledBatch,
  {
    learningRate,
    labelSmoothing,
    frozenStride,
  }: { learningRate: number } & Pick<ClassifierRecipe, 'labelSmoothing' | 'frozenStride'>,
): Promise<BatchResult> {
  const images = tf.tensor4d(data, shape);
  let logits: Tensor | undefined;
  try {
    const loss = await trainingStep({
      optimizer,
      precision,
      learningRate,
      loss: () => {
        const output = network.forward(images, { training: true, frozenStride });
        logits = tf.keep(tf.clone(output));
        return crossEntropy(output, labels, { labelSmoothing });
      },
    });
    averaged?.update();
    return { loss, logits: (await logits!.array()) as number[][] };
  } finally {
    images.dispose();
    logits?.dispose();
  }
}

/** Includes a batch in an estimate of the network's running statistics, in the precision of the training. */
export function includeBatch(
  estimate: StatisticsEstimate,
  { network, precision: { precision } }: Pick<TrainedNetwork, 'network' | 'precision'>,
  { data, shape }: Pick<LabelledBatch, 'data' | 'shape'>,
  { frozenStride }: Pick<ClassifierRecipe, 'frozenStride'>,
): void {
  const images = tf.tensor4d(data, shape);
  try {
    estimate.include(() => network.forward(images, { training: true, frozenStride }), { precision });
  } finally {
    images.dispose();
  }
}

/** Loss and logits of a batch with the running statistics, without learning from it. */
export async function validateOnBatch(
  network: Classifier,
  { data, shape, labels }: LabelledBatch,
): Promise<BatchResult> {
  const images = tf.tensor4d(data, shape);
  const [logits, loss] = infer((): [Tensor, Tensor] => {
    const output = network.forward(images);
    return [output, crossEntropy(output, labels)];
  });
  try {
    return { loss: (await loss.data())[0], logits: (await logits.array()) as number[][] };
  } finally {
    for (const tensor of [images, logits, loss]) {
      tensor.dispose();
    }
  }
}
