import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import type { Activation } from '../kernels/contract/kernels.js';
import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertShape } from '../shapes/check-shape.js';
import { moveStatistic } from './move-statistic.js';

/** Parameters and running statistics of a batch norm, each `[channels]`. */
export interface BatchNormParameters {
  scale: Tensor;
  offset: Tensor;
  movingMean: Variable;
  movingVariance: Variable;
}

/** What a batch norm does. */
export interface BatchNormOptions {
  /** Normalise with the batch's statistics and update the moving ones; otherwise normalise with the moving ones. */
  training: boolean;
  /** Weight of the new statistics in the moving ones; default 0.1, PyTorch's convention. */
  momentum?: number;
  /** Added to the variance; default 1e-5. */
  epsilon?: number;
  /** What follows in the same operation; default nothing. */
  activation?: NormActivation;
}

/** An activation that a batch norm applies itself. */
export type NormActivation = 'none' | 'relu' | 'relu6';

/** The activations by name. */
export const normActivations: Record<NormActivation, Activation> = {
  none: { slope: 1, ceiling: Infinity },
  relu: { slope: 0, ceiling: Infinity },
  relu6: { slope: 0, ceiling: 6 },
};

/**
 * Batch normalisation over all axes but the channels, as `torch.nn.BatchNorm2d`: the biased variance normalises, the unbiased one
 * enters the moving variance.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @throws TfjsTrainingError `wrong-shape`; `too-few-values` in training on a single value per channel.
 * @see Ioffe and Szegedy, arXiv:1502.03167.
 */
export function batchNorm(
  x: Tensor,
  { scale, offset, movingMean, movingVariance }: BatchNormParameters,
  { training, momentum = 0.1, epsilon = 1e-5, activation = 'none' }: BatchNormOptions,
): Tensor {
  assertActivation(x, 'batchNorm');
  const channels = x.shape.at(-1)!;
  for (const [name, tensor] of Object.entries({ scale, offset, movingMean, movingVariance })) {
    assertShape(tensor, [channels], `The ${name} of a batch norm`);
  }
  const count = x.size / channels;
  if (training && count < 2) {
    throw new TfjsTrainingError(
      `A batch norm in training was given one value per channel, shape [${x.shape.join(', ')}].`,
      {
        code: 'too-few-values',
        remedy: 'Use a larger batch or a larger image.',
      },
    );
  }

  let moved = false;
  return runOperation([x, scale, offset], ([input, gamma, beta]) => {
    const { batchNormalise, normaliseWith } = kernels();
    const then = normActivations[activation];
    const { output, saved, back, statistics } = training
      ? batchNormalise(input, gamma, beta, epsilon, then)
      : normaliseWith(input, gamma, beta, movingMean, movingVariance, epsilon, then);
    if (statistics && !moved) {
      moveStatistic(movingMean, statistics.mean, momentum);
      moveStatistic(movingVariance, tf.mul(statistics.variance, count / (count - 1)), momentum);
      moved = true;
    }
    return { output, saved, backward: (dy) => back(dy) };
  });
}
