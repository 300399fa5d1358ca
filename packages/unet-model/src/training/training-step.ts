import { infer, type MixedPrecision } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Batch } from '../data/batch.js';
import { deeplySupervisedLoss } from '../loss/deep-supervision.js';
import type { SegmentationLossOptions } from '../loss/segmentation-loss.js';
import { disposeTarget, makeTarget, type Target } from '../loss/target.js';
import type { Unet } from '../network/build-unet.js';
import type { LabelSet } from '../plan/labels.js';
import type { NesterovSgd } from './nesterov-sgd.js';
import { countVoxels, type VoxelCounts } from './pseudo-dice.js';

export interface StepContext {
  gradients: MixedPrecision;
  network: Unet;
  labels: LabelSet;
  loss: SegmentationLossOptions;
}

/** One optimizer step on one batch. @returns the loss before the step */
export async function trainingStep(
  { gradients: precision, network, labels, loss }: StepContext,
  optimizer: NesterovSgd,
  batch: Batch,
  learningRate: number,
): Promise<number> {
  return withTensors(batch, labels, async (image, targets) => {
    const { value, gradients, overflowed } = precision.differentiate(
      () => deeplySupervisedLoss(network.forward(image, { deepSupervision: true }), targets, loss),
      network.parameters.map(({ variable }) => variable),
    );
    if (!overflowed) {
      optimizer.step(gradients, learningRate);
    }
    for (const gradient of gradients) {
      gradient?.dispose();
    }
    const [lossBefore] = await value.data();
    value.dispose();
    return lossBefore;
  });
}

/** Loss and voxel counts of one batch, without learning from it. */
export async function validationStep(
  { network, labels, loss }: StepContext,
  batch: Batch,
): Promise<{ loss: number; counts: VoxelCounts[] }> {
  return withTensors(batch, labels, async (image, targets) => {
    const [value, logits] = infer((): [Tensor, Tensor] => {
      const outputs = network.forward(image, { deepSupervision: true });
      return [deeplySupervisedLoss(outputs, targets, loss), outputs[0]];
    });
    const [valueOfLoss] = await value.data();
    const counts = countVoxels((await logits.data()) as Float32Array, batch.levels[0], labels);
    value.dispose();
    logits.dispose();
    return { loss: valueOfLoss, counts };
  });
}

async function withTensors<T>(
  batch: Batch,
  labels: LabelSet,
  work: (image: Tensor, targets: Target[]) => Promise<T>,
): Promise<T> {
  const image = tf.tensor(batch.image, batch.imageShape);
  const targets = batch.levels.map((level) => makeTarget(level, labels));
  try {
    return await work(image, targets);
  } finally {
    image.dispose();
    targets.forEach(disposeTarget);
  }
}
