import {
  infer,
  trainingStep,
  type AveragedWeights,
  type MixedPrecision,
  type Optimizer,
} from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { LabelSet } from '@fractura/nnunet-format';
import type { Batch } from '../batches/batch.js';
import { disposeTarget, makeTarget, type Target } from '../loss/target.js';
import type { SegmentationNetwork, SegmentationOutput } from '../network/segmentation-network.js';
import type { Recipe } from '../recipe/recipe.js';
import { countVoxels, type VoxelCounts } from './pseudo-dice.js';

/** What steps work with. */
export interface StepContext {
  precision: MixedPrecision;
  network: SegmentationNetwork;
  labels: LabelSet;
  recipe: Pick<Recipe, 'loss'>;
  /** The plan's `batch_dice`. */
  batchDice: boolean;
  optimizer: Optimizer;
  /** Where the recipe averages weights. */
  averaged: AveragedWeights | undefined;
}

/** One optimizer step on one batch. @returns the loss before the step */
export async function trainOnBatch(context: StepContext, batch: Batch, learningRate: number): Promise<number> {
  const { precision, network, optimizer, averaged } = context;
  const loss = await withTensors(batch, context, (image, targets) =>
    trainingStep({
      optimizer,
      precision,
      learningRate,
      loss: () => lossOf(context, network.forward(image, { training: true, deepSupervision: true }), targets),
    }),
  );
  averaged?.update();
  return loss;
}

/** What the network makes of a batch that it does not learn from. */
export interface ValidatedBatch {
  loss: number;
  counts: VoxelCounts[];
  /** `[batch, (depth,) height, width, channels]`, of the highest resolution. */
  logits: Float32Array;
}

/** Loss, voxel counts and logits of one batch, by the averaged network where there is one, without learning from it. */
export async function validateOnBatch(context: StepContext, batch: Batch): Promise<ValidatedBatch> {
  const { averaged } = context;
  return averaged ? averaged.during(() => validate(context, batch)) : validate(context, batch);
}

async function validate(context: StepContext, batch: Batch): Promise<ValidatedBatch> {
  return withTensors(batch, context, async (image, targets) => {
    const [value, logits] = infer((): [Tensor, Tensor] => {
      const output = context.network.forward(image, { deepSupervision: true });
      return [lossOf(context, output, targets), output.logits[0]];
    });
    const [valueOfLoss] = await value.data();
    const scores = (await logits.data()) as Float32Array;
    const counts = countVoxels(scores, batch.levels[0], context.labels);
    value.dispose();
    logits.dispose();
    return { loss: valueOfLoss, counts, logits: scores };
  });
}

function lossOf({ recipe, labels, batchDice }: StepContext, output: SegmentationOutput, targets: readonly Target[]) {
  return recipe.loss(output, { targets, regions: labels.hasRegions, batchDice });
}

async function withTensors<T>(
  batch: Batch,
  { labels }: StepContext,
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
