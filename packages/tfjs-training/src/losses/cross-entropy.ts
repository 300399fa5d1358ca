import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { composed } from '../operations/composed.js';

export interface CrossEntropyOptions {
  /** Share of each target that is spread evenly over all classes, in [0, 1). Default 0. */
  labelSmoothing?: number;
}

/**
 * Mean cross-entropy of a batch of samples, each with one class, as `torch.nn.CrossEntropyLoss`.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices, one per sample
 * @see Szegedy et al., arXiv:1512.00567, section 7 (label smoothing)
 */
export function crossEntropy(
  logits: Tensor,
  labels: readonly number[],
  { labelSmoothing = 0 }: CrossEntropyOptions = {},
): Scalar {
  const classes = logits.shape.at(-1)!;
  return composed([logits], (values) => {
    const hard = tf.oneHot(tf.tensor1d([...labels], 'int32'), classes);
    const target = labelSmoothing === 0 ? hard : tf.add(tf.mul(hard, 1 - labelSmoothing), labelSmoothing / classes);
    return tf.neg(tf.div(tf.sum(tf.mul(target, tf.logSoftmax(values))), labels.length));
  }) as Scalar;
}
