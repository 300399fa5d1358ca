import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels.js';
import { assertShape } from './geometry.js';

/** What a step does with gradients and momenta; scalars, so that one set serves all tensors of a network. */
export interface NesterovFactors {
  /** On the gradient, against ones that explode. */
  clip: number | Scalar;
  /** Weight decay: so much of the weight is added to its gradient. */
  decay: number;
  momentum: number;
  learningRate: number;
}

/** The factors as {@link nesterovUpdate} takes them, float32 `[4]`; the caller disposes them. */
export function nesterovFactors({ clip, decay, momentum, learningRate }: NesterovFactors): Tensor1D {
  return tf.tidy(() =>
    tf.stack([clip, decay, momentum, learningRate].map((factor) => tf.scalar(0).add<Scalar>(factor))),
  ) as Tensor1D;
}

/**
 * One step of stochastic gradient descent with Nesterov's momentum: g = clip gradient + decay w; b = momentum b + g;
 * w = w - rate (g + momentum b).
 *
 * @param weights of any shape, float32, as the next two.
 * @param momenta b; zeros before the first step.
 * @param gradients
 * @param factors of `nesterovFactors`.
 * @returns new weights and momenta; the caller disposes them.
 * @throws TfjsEngineError `wrong-shape`.
 * @see Sutskever et al., On the importance of initialization and momentum in deep learning, 2013; `torch.optim.SGD(nesterov=True)`
 */
export function nesterovUpdate(
  weights: Tensor,
  momenta: Tensor,
  gradients: Tensor,
  factors: Tensor1D,
): [weights: Tensor, momenta: Tensor] {
  assertShape(momenta, weights.shape, 'The momenta');
  assertShape(gradients, weights.shape, 'The gradient');
  return tf.tidy(() => kernels().nesterovUpdate(weights, momenta, gradients, factors));
}
