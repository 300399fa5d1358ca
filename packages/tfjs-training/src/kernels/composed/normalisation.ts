import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import type { Normalised } from '../contract/kernels.js';

export function instanceNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const spatialAxes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  return normaliseOver(spatialAxes, x, scale, offset, epsilon);
}

export function batchNormalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const allButChannels = x.shape.slice(0, -1).map((_, axis) => axis);
  return normaliseOver(allButChannels, x, scale, offset, epsilon);
}

function normaliseOver(axes: number[], x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const mean = tf.mean(x, axes, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), axes, true);
  const deviation = tf.rsqrt(tf.add(variance, epsilon));
  const output = tf.add(tf.mul(centred, tf.mul(deviation, scale)), offset);
  const overAll = x.shape.slice(0, -1).map((_, axis) => axis);

  const back = (dy: Tensor): [Tensor, Tensor, Tensor] => {
    const standard = tf.mul(tf.sub(x, mean), deviation);
    const weighted = tf.mul(dy, standard);
    const dNormalised = tf.sub(tf.sub(dy, tf.mean(dy, axes, true)), tf.mul(standard, tf.mean(weighted, axes, true)));
    return [tf.mul(dNormalised, tf.mul(deviation, scale)), tf.sum(weighted, overAll), tf.sum(dy, overAll)];
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
  const overAll = x.shape.slice(0, -1).map((_, axis) => axis);
  const back = (dy: Tensor): [Tensor, Tensor, Tensor] => {
    const deviation = tf.rsqrt(tf.add(spread, epsilon));
    const standard = tf.mul(tf.sub(x, centre), deviation);
    return [tf.mul(dy, tf.mul(deviation, scale)), tf.sum(tf.mul(dy, standard), overAll), tf.sum(dy, overAll)];
  };
  return { saved: [x, scale, centre, spread], back };
}
