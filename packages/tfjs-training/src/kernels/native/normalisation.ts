import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import type { Normalised } from '../contract/kernels.js';
import { execute } from './execute.js';

/** Statistics and what TensorFlow's own gradient wants back. */
interface FusedNorm {
  output: Tensor;
  mean: Tensor;
  /** With Bessel's correction, as the operation gives it. */
  variance: Tensor;
  reserved: Tensor[];
}

/** TensorFlow's fused kernel in training mode takes `[batch, height, width, channels]`; more axes are folded into one. */
function fold(x: Tensor): Tensor {
  const channels = x.shape.at(-1)!;
  return tf.reshape(x, [1, x.size / channels, 1, channels]);
}

function fused(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): FusedNorm {
  const empty = tf.tensor1d([], 'float32');
  const [output, mean, variance, ...reserved] = execute(
    'FusedBatchNormV3',
    [fold(x), scale, offset, empty, empty],
    {
      types: ['T', 'U'],
      floats: { epsilon, exponential_avg_factor: 1 },
      booleans: { is_training: true },
      strings: { data_format: 'NHWC' },
    },
    6,
  );
  return { output: tf.reshape(output, x.shape), mean, variance, reserved };
}

function fusedBack(
  dy: Tensor,
  x: Tensor,
  scale: Tensor,
  reserved: readonly Tensor[],
  epsilon: number,
): [Tensor, Tensor, Tensor] {
  const [dx, dScale, dOffset] = execute(
    'FusedBatchNormGradV3',
    [fold(dy), fold(x), scale, ...reserved],
    {
      types: ['T', 'U'],
      floats: { epsilon },
      booleans: { is_training: true },
      strings: { data_format: 'NHWC' },
    },
    5,
  );
  return [tf.reshape(dx, x.shape), dScale, dOffset];
}

/** Batch norm in training mode: one fused kernel over the whole batch. */
export function batchNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const { output, mean, variance, reserved } = fused(x, scale, offset, epsilon);
  const count = x.size / x.shape.at(-1)!;
  return {
    output,
    saved: [x, scale, ...reserved],
    back: (dy) => fusedBack(dy, x, scale, reserved, epsilon),
    statistics: { mean, variance: tf.mul(variance, (count - 1) / count) },
  };
}

/** Up to this many numbers, one call on samples beside each other is faster than a call for each; measured on two cores. */
const fewNumbers = 2 ** 20;

/** Instance norm by the same kernel, for which the channels of each sample must be channels of their own. */
export function instanceNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const separately = x.shape[0] === 1 || x.size > fewNumbers;
  return (separately ? normaliseEach : normaliseTogether)(x, scale, offset, epsilon);
}

/** Batches of one; taking the batch apart and together again are plain copies. */
function normaliseEach(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const samples = split(x).map((sample) => fused(sample, scale, offset, epsilon));
  return {
    output: join(samples.map(({ output }) => output)),
    saved: [x, scale, ...samples.flatMap(({ reserved }) => reserved)],
    back: (dy) => {
      const [xs, dys] = [split(x), split(dy)];
      const gradients = samples.map(({ reserved }, i) => fusedBack(dys[i], xs[i], scale, reserved, epsilon));
      return [
        join(gradients.map(([dx]) => dx)),
        tf.addN(gradients.map(([, dScale]) => dScale)),
        tf.addN(gradients.map(([, , dOffset]) => dOffset)),
      ];
    },
  };
}

/** The samples of a position beside each other, `[..., batch * channels]`. */
function normaliseTogether(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const [batch, ...rest] = x.shape;
  const channels = rest.at(-1)!;
  const axes = rest.map((_, axis) => axis);
  const last = axes.length;
  const beside = (tensor: Tensor) =>
    tf.reshape(tf.transpose(tensor, [...axes.slice(1), 0, last]), [...rest.slice(0, -1), batch * channels]);
  const behind = (tensor: Tensor) =>
    tf.transpose(tf.reshape(tensor, [...rest.slice(0, -1), batch, channels]), [last - 1, ...axes.slice(0, -1), last]);
  const overBatch = (gradient: Tensor) => tf.sum(tf.reshape(gradient, [batch, channels]), 0);
  const samples = beside(x);
  const scales = tf.tile(scale, [batch]);
  const { output, reserved } = fused(samples, scales, tf.tile(offset, [batch]), epsilon);
  return {
    output: behind(output),
    saved: [samples, scales, ...reserved],
    back: (dy) => {
      const [dx, dScale, dOffset] = fusedBack(beside(dy), samples, scales, reserved, epsilon);
      return [behind(dx), overBatch(dScale), overBatch(dOffset)];
    },
  };
}

const split = (x: Tensor): Tensor[] => (x.shape[0] === 1 ? [x] : tf.split(x, x.shape[0], 0));
const join = (samples: Tensor[]): Tensor => (samples.length === 1 ? samples[0] : tf.concat(samples, 0));
