import * as tf from '@tensorflow/tfjs';

import type { UpdateRule } from './update-rule.js';

export interface SgdOptions {
  /** Default 0.9. */
  momentum?: number;
  /** Added to the gradient as `weightDecay` times the parameter. Default 0. */
  weightDecay?: number;
}

/**
 * Stochastic gradient descent with plain momentum: b = momentum b + g; w = w - rate b. PyTorch begins with b = g, which zeros
 * give too.
 *
 * @see torch.optim.SGD
 */
export function sgd({ momentum = 0.9, weightDecay = 0 }: SgdOptions = {}): UpdateRule {
  return {
    averages: ['momentum_buffer'],
    begin: ({ learningRate, weightDecay: ownDecay = weightDecay }) => {
      // Tensors once a step, not once for each parameter.
      const [decay, friction, rate] = [ownDecay, momentum, learningRate].map((value) => tf.scalar(value));
      return (weights, gradient, [momenta]) => {
        const g = ownDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, decay));
        const moved = tf.add(tf.mul(momenta, friction), g);
        return [tf.sub(weights, tf.mul(moved, rate)), moved];
      };
    },
  };
}
