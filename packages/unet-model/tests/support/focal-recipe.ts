import { adamw, composed, Optimizer, scheduledLearningRate } from '@fractura/tfjs-training';
import { nnunetRecipe, type Recipe } from '../../src/index.js';
import * as tf from '@tensorflow/tfjs';

/** nnU-Net's patches and augmentation; the focal loss at the highest resolution, AdamW under a cosine, averaged weights. */
export function focalRecipe({ gamma = 2, learningRate = 1e-3, weightDecay = 0.01 } = {}): Recipe {
  const base = nnunetRecipe();
  return {
    ...base,
    name: 'focal',
    // Whatever numbers the functions below go by: a training begun with others is not continued.
    settings: { ...base.settings, gamma, learningRate, weightDecay },
    loss: ({ logits: [logits] }, { targets: [{ hot }] }) =>
      composed([logits], (z) => {
        const logarithms = tf.logSoftmax(z);
        const factors = tf.pow(tf.sub(1, tf.exp(logarithms)), gamma);
        return tf.neg(tf.mean(tf.sum(tf.mul(hot, tf.mul(factors, logarithms)), -1)));
      }) as tf.Scalar,
    optimizer: ({ parameters }) => new Optimizer(parameters, adamw({ weightDecay }), { clipNorm: 12 }),
    learningRate: ({ epoch, epochs, iteration, iterationsPerEpoch }) => {
      const steps = epochs * iterationsPerEpoch;
      return scheduledLearningRate('cosine', learningRate, epoch * iterationsPerEpoch + iteration, steps);
    },
    averagingDecay: 0.99,
  };
}
