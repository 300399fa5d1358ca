import { crossEntropy, infer, trainingStep, type MixedPrecision, type Optimizer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Resnet } from '@fractura/backbones';

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
export async function trainOnBatch(
  network: Resnet,
  precision: MixedPrecision,
  optimizer: Optimizer,
  { data, shape, labels }: LabelledBatch,
  learningRate: number,
): Promise<BatchResult> {
  const images = tf.tensor4d(data, shape);
  let logits: Tensor | undefined;
  try {
    const loss = await trainingStep({
      optimizer,
      precision,
      learningRate,
      loss: () => {
        const output = network.forward(images, { training: true });
        logits = tf.keep(tf.clone(output));
        return crossEntropy(output, labels);
      },
    });
    return { loss, correct: countCorrect((await logits!.data()) as Float32Array, labels) };
  } finally {
    images.dispose();
    logits?.dispose();
  }
}

/** Loss and hits of a batch with the running statistics, without learning from it. */
export async function validateOnBatch(network: Resnet, { data, shape, labels }: LabelledBatch): Promise<BatchResult> {
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
