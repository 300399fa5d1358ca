import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { backWithStatistics } from '../composed/normalisation.js';
import type { Activation, Kernels } from '../contract/kernels.js';
import { execute } from './execute.js';

/** Normalisation per sample and channel and the leaky ReLU after it in one operation of our own, and so its gradient. */
export const instanceNormaliseFused: Kernels['instanceNormalise'] = (x, scale, offset, epsilon, then) => {
  const attributes = { types: ['T', 'U'], floats: { epsilon, ...then } };
  const [output, mean, variance] = execute('FracturaNormalise', [x, scale, offset], attributes, 3);
  return {
    output,
    saved: [x, scale, offset, mean, variance],
    back: (dy) => {
      const inputs = [dy, x, scale, offset, mean, variance];
      const [dx, dScale, dOffset] = execute('FracturaNormaliseGrad', inputs, attributes, 3);
      return [dx, dScale, dOffset];
    },
    statistics: { mean, variance },
  };
};

/** By given statistics; the way back goes by parts: hardly any network trains so. */
export const normaliseWithFused: Kernels['normaliseWith'] = (x, scale, offset, mean, variance, epsilon, then) => {
  const attributes = { types: ['T', 'U'], floats: { epsilon, ...then } };
  const [output] = execute('FracturaNormaliseWith', [x, scale, offset, mean, variance], attributes);
  const { saved, back } = backWithStatistics(x, scale, mean, variance, epsilon);
  return {
    output,
    saved: [...saved, output],
    back: (dy) => back(activationBack(dy, output, then)),
  };
};

const activationBack = (dy: Tensor, output: Tensor, { slope, ceiling }: Activation): Tensor =>
  ceiling === 6
    ? execute('Relu6Grad', [dy, output])[0]
    : execute('LeakyReluGrad', [dy, output], { floats: { alpha: slope } })[0];

/** Over the whole batch: as if it were one sample. */
export const batchNormaliseFused: Kernels['batchNormalise'] = (x, scale, offset, epsilon, then) => {
  const channels = x.shape.at(-1)!;
  const asOne = (tensor: Tensor) => tf.reshape(tensor, [1, x.size / channels, channels]);
  const { output, saved, back, statistics } = instanceNormaliseFused(asOne(x), scale, offset, epsilon, then);
  const { mean, variance } = statistics!;
  return {
    output: tf.reshape(output, x.shape),
    saved,
    back: (dy) => {
      const [dx, dScale, dOffset] = back(asOne(dy));
      return [tf.reshape(dx, x.shape), dScale, dOffset];
    },
    statistics: { mean: tf.reshape(mean, [channels]), variance: tf.reshape(variance, [channels]) },
  };
};
