import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { assertShape } from '../shapes/check-shape.js';

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
  return tf.tidy(() => asTensor([clip, decay, momentum, learningRate]));
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
 * @throws TfjsTrainingError `wrong-shape`.
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

/** What a step does with gradients and moments; the factors change from step to step as the moments' bias fades. */
export interface AdamFactors {
  /** So much of the weight is added to its gradient, as `torch.optim.Adam` does it. */
  decay: number;
  /** So much of the weight times the learning rate is taken off it, as `torch.optim.AdamW` does it. Default 0. */
  decoupledDecay?: number;
  beta1: number;
  beta2: number;
  learningRate: number;
  epsilon: number;
  /** Of this step, the first being 1. */
  step: number;
}

/** The factors as {@link adamUpdate} takes them, float32 `[6]`; the caller disposes them. */
export function adamFactors({
  decay,
  decoupledDecay = 0,
  beta1,
  beta2,
  learningRate,
  epsilon,
  step,
}: AdamFactors): Tensor1D {
  // The corrections of the bias, taken out of the fraction: m / first / (sqrt(v) / second + epsilon).
  const [first, second] = [1 - beta1 ** step, Math.sqrt(1 - beta2 ** step)];
  const keepWeight = 1 - learningRate * decoupledDecay;
  return tf.tidy(() => asTensor([decay, beta1, beta2, (learningRate * second) / first, epsilon * second, keepWeight]));
}

/**
 * One step of Adam: m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g g; w = keep w - rate m' / (sqrt(v') + epsilon), where m'
 * and v' are without bias, and keep is 1 less the decoupled decay.
 *
 * @param weights of any shape, float32, as the next three.
 * @param means m; zeros before the first step.
 * @param squares v; likewise.
 * @param gradients
 * @param factors of `adamFactors`.
 * @returns new weights, means and squares; the caller disposes them.
 * @throws TfjsTrainingError `wrong-shape`.
 * @see Kingma and Ba, arXiv:1412.6980, algorithm 1; Loshchilov and Hutter, arXiv:1711.05101; `torch.optim.Adam`, `AdamW`
 */
export function adamUpdate(
  weights: Tensor,
  means: Tensor,
  squares: Tensor,
  gradients: Tensor,
  factors: Tensor1D,
): [weights: Tensor, means: Tensor, squares: Tensor] {
  assertShape(means, weights.shape, 'The means');
  assertShape(squares, weights.shape, 'The squares');
  assertShape(gradients, weights.shape, 'The gradient');
  return tf.tidy(() => kernels().adamUpdate(weights, means, squares, gradients, factors));
}

function asTensor(factors: readonly (number | Scalar)[]): Tensor1D {
  return tf.stack(factors.map((factor) => (typeof factor === 'number' ? tf.scalar(factor) : factor))) as Tensor1D;
}
