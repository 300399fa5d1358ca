import { infer, trainingStep, type MixedPrecision, type Optimizer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Batch } from '../batches/batch.js';
import { deeplySupervisedLoss } from '../loss/deep-supervision.js';
import type { SegmentationLossOptions } from '../loss/segmentation-loss.js';
import { disposeTarget, makeTarget, type Target } from '../loss/target.js';
import type { Unet } from '../network/build-unet.js';
import type { LabelSet } from '@fractura/nnunet-format';
import { countVoxels, type VoxelCounts } from './pseudo-dice.js';

export interface StepContext {
  precision: MixedPrecision;
  network: Unet;
  labels: LabelSet;
  loss: SegmentationLossOptions;
}

/** One optimizer step on one batch. @returns the loss before the step */
export async function trainOnBatch(
  { precision, network, labels, loss }: StepContext,
  optimizer: Optimizer,
  batch: Batch,
  learningRate: number,
): Promise<number> {
  return withTensors(batch, labels, (image, targets) =>
    trainingStep({
      optimizer,
      precision,
      learningRate,
      loss: () => deeplySupervisedLoss(network.forward(image, { deepSupervision: true }), targets, loss),
    }),
  );
}

/** Loss and voxel counts of one batch, without learning from it. */
export async function validateOnBatch(
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
