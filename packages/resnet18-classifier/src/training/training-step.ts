import { infer, type MixedPrecision } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Resnet } from '@fractura/backbones';
import { crossEntropy } from './cross-entropy.js';
import type { Optimizer } from './optimizer.js';

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
  /** Samples whose most probable class is theirs. */
  correct: number;
}

/** One optimizer step. @returns loss and hits before the step, in training mode */
export async function trainingStep(
  network: Resnet,
  precision: MixedPrecision,
  optimizer: Optimizer,
  { data, shape, labels }: LabelledBatch,
  learningRate: number,
): Promise<BatchResult> {
  const images = tf.tensor4d(data, shape);
  let logits: Tensor | undefined;
  try {
    const { value, gradients, overflowed } = precision.differentiate(
      () => {
        const output = network.forward(images, { training: true });
        logits = tf.keep(tf.clone(output));
        return crossEntropy(output, labels);
      },
      network.parameters.map(({ variable }) => variable),
    );
    if (!overflowed) {
      optimizer.step(gradients, learningRate);
    }
    for (const gradient of gradients) {
      gradient?.dispose();
    }
    const [loss] = await value.data();
    value.dispose();
    return { loss: loss, correct: countCorrect((await logits!.data()) as Float32Array, labels) };
  } finally {
    images.dispose();
    logits?.dispose();
  }
}

/** Loss and hits of a batch with the running statistics, without learning from it. */
export async function validationStep(network: Resnet, { data, shape, labels }: LabelledBatch): Promise<BatchResult> {
  const images = tf.tensor4d(data, shape);
  const [logits, loss] = infer((): [Tensor, Tensor] => {
    const output = network.forward(images);
    return [output, crossEntropy(output, labels)];
  });
  try {
    return { loss: (await loss.data())[0], correct: countCorrect((await logits.data()) as Float32Array, labels) };
  } finally {
    for (const tensor of [images, logits, loss]) {
      tensor.dispose();
    }
  }
}

function countCorrect(logits: Float32Array, labels: readonly number[]): number {
  const classes = logits.length / labels.length;
  return labels.filter((label, n) => {
    const own = logits.subarray(n * classes, (n + 1) * classes);
    return own.indexOf(Math.max(...own)) === label;
  }).length;
}
