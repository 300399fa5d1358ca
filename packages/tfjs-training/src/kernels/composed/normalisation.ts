import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import type { Normalised } from '../contract/kernels.js';
import { sumAllPositions, sumPositions } from './sum-positions.js';

export function instanceNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const meanOfSamples = (values: Tensor) => {
    const [batch, channels] = [values.shape[0], values.shape.at(-1)!];
    const sums = sumPositions(values);
    const ones = values.shape.slice(1, -1).map(() => 1);
    return tf.div(tf.reshape(sums, [batch, ...ones, channels]), values.size / (batch * channels));
  };
  return normaliseBy(meanOfSamples, x, scale, offset, epsilon);
}

export function batchNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const meanOfAll = (values: Tensor) => tf.div(sumAllPositions(values), values.size / values.shape.at(-1)!);
  return normaliseBy(meanOfAll, x, scale, offset, epsilon);
}

/** @param meanOf gives means that broadcast against what they were taken of. */
function normaliseBy(
  meanOf: (values: Tensor) => Tensor,
  x: Tensor,
  scale: Tensor,
  offset: Tensor,
  epsilon: number,
): Normalised {
  const mean = meanOf(x);
  const centred = tf.sub(x, mean);
  const variance = meanOf(tf.square(centred));
  const deviation = tf.rsqrt(tf.add(variance, epsilon));
  const output = tf.add(tf.mul(centred, tf.mul(deviation, scale)), offset);

  const back = (dy: Tensor): [Tensor, Tensor, Tensor] => {
    const standard = tf.mul(tf.sub(x, mean), deviation);
    const weighted = tf.mul(dy, standard);
    const dNormalised = tf.sub(tf.sub(dy, meanOf(dy)), tf.mul(standard, meanOf(weighted)));
    return [tf.mul(dNormalised, tf.mul(deviation, scale)), sumAllPositions(weighted), sumAllPositions(dy)];
  };
  return {
    output,
    saved: [x, scale, mean, deviation],
    back,
    statistics: { mean: tf.reshape(mean, [-1]), variance: tf.reshape(variance, [-1]) },
  };
}

/** With given statistics the normalisation is affine in x. */
export function normaliseWith(
  x: Tensor,
  scale: Tensor,
  offset: Tensor,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
): Normalised {
  const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), scale);
  const output = tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
  return { output, ...backWithStatistics(x, scale, mean, variance, epsilon) };
}

/** The way back through a normalisation by given statistics; they may be moved before it is gone. */
export function backWithStatistics(
  x: Tensor,
  scale: Tensor,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
): Pick<Normalised, 'saved' | 'back'> {
  const [centre, spread] = [tf.clone(mean), tf.clone(variance)];
  const back = (dy: Tensor): [Tensor, Tensor, Tensor] => {
    const deviation = tf.rsqrt(tf.add(spread, epsilon));
    const standard = tf.mul(tf.sub(x, centre), deviation);
    return [tf.mul(dy, tf.mul(deviation, scale)), sumAllPositions(tf.mul(dy, standard)), sumAllPositions(dy)];
  };
  return { saved: [x, scale, centre, spread], back };
}
