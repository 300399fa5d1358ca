import { composed } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { UnetArchitecture } from '@fractura/nnunet-format';
import { segmentationLoss, type SegmentationLossOptions } from './segmentation-loss.js';
import type { Target } from './target.js';

/**
 * Weights 1, 1/2, 1/4, ... of the outputs from the highest resolution on, the lowest set to 0, summing to 1.
 * A single output keeps its weight.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, _build_loss
 */
export function deepSupervisionWeights(outputs: number): number[] {
  if (outputs === 1) {
    return [1];
  }
  const weights = Array.from({ length: outputs }, (_, i) => (i === outputs - 1 ? 0 : 1 / 2 ** i));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The size of each output relative to the input, per axis: 1 over the product of the strides so far.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, _get_deep_supervision_scales
 */
export function deepSupervisionScales({
  strides,
  spatialRank,
}: Pick<UnetArchitecture, 'strides' | 'spatialRank'>): number[][] {
  let scale = Array.from({ length: spatialRank }, () => 1);
  return strides.slice(0, -1).map((stride) => {
    scale = scale.map((size, axis) => size / stride[axis]);
    return scale;
  });
}

/**
 * The weighted sum of the outputs' losses; outputs of weight 0 are not evaluated, so their heads get no gradient.
 *
 * @see nnU-Net: nnunetv2/training/loss/deep_supervision.py, DeepSupervisionWrapper
 */
export function deeplySupervisedLoss(
  outputs: readonly Tensor[],
  targets: readonly Target[],
  options: SegmentationLossOptions,
): Scalar {
  const weights = deepSupervisionWeights(outputs.length);
  const counted = outputs.map((_, i) => i).filter((i) => weights[i] > 0);
  const losses = counted.map((i) => segmentationLoss(outputs[i], targets[i], options));
  return composed(losses, (...terms) => tf.addN(terms.map((term, k) => tf.mul(term, weights[counted[k]])))) as Scalar;
}
