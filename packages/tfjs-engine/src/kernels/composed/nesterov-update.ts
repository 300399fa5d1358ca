import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';

export function nesterovUpdate(w: Tensor, b: Tensor, gradient: Tensor, factors: Tensor1D): [Tensor, Tensor] {
  const [clip, decay, momentum, rate] = tf.unstack(factors);
  const g = tf.add(tf.mul(gradient, clip), tf.mul(w, decay));
  const newB = tf.add(tf.mul(b, momentum), g);
  return [tf.sub(w, tf.mul(tf.add(g, tf.mul(newB, momentum)), rate)), newB];
}
