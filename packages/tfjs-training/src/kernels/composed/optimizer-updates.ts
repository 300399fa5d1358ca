import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';

export function nesterovUpdate(w: Tensor, b: Tensor, gradient: Tensor, factors: Tensor1D): [Tensor, Tensor] {
  const [clip, decay, momentum, rate] = tf.unstack(factors);
  const g = tf.add(tf.mul(gradient, clip), tf.mul(w, decay));
  const newB = tf.add(tf.mul(b, momentum), g);
  return [tf.sub(w, tf.mul(tf.add(g, tf.mul(newB, momentum)), rate)), newB];
}

export function adamUpdate(
  w: Tensor,
  mean: Tensor,
  square: Tensor,
  gradient: Tensor,
  factors: Tensor1D,
): [Tensor, Tensor, Tensor] {
  const [decay, keepMean, keepSquare, rate, epsilon, keepWeight] = tf.unstack(factors);
  const g = tf.add(gradient, tf.mul(w, decay));
  const newMean = tf.add(tf.mul(mean, keepMean), tf.mul(g, tf.sub(1, keepMean)));
  const newSquare = tf.add(tf.mul(square, keepSquare), tf.mul(tf.square(g), tf.sub(1, keepSquare)));
  return [
    tf.sub(tf.mul(w, keepWeight), tf.div(tf.mul(newMean, rate), tf.add(tf.sqrt(newSquare), epsilon))),
    newMean,
    newSquare,
  ];
}
