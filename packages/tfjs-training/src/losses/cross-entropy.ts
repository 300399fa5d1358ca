import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { composed } from '../operations/composed.js';

/**
 * Mean cross-entropy of a batch of samples, each with one class, as `torch.nn.CrossEntropyLoss`.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices, one per sample
 */
export function crossEntropy(logits: Tensor, labels: readonly number[]): Scalar {
  const classes = logits.shape.at(-1)!;
  return composed([logits], (values) => {
    const target = tf.oneHot(tf.tensor1d([...labels], 'int32'), classes);
    return tf.neg(tf.div(tf.sum(tf.mul(target, tf.logSoftmax(values))), labels.length));
  }) as Scalar;
}
