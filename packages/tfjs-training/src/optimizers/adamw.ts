import { adamFactors, adamUpdate } from '../operations/optimizer-updates.js';
import type { AdamOptions } from './adam.js';
import type { UpdateRule } from './update-rule.js';

/**
 * Adam with decoupled weight decay and PyTorch's defaults: the weights shrink by the learning rate times `weightDecay` (default
 * 0.01), whatever the gradient.
 *
 * @see Loshchilov and Hutter, arXiv:1711.05101, algorithm 2; torch.optim.AdamW
 */
export function adamw({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  weightDecay = 0.01,
}: AdamOptions = {}): UpdateRule {
  return {
    averages: ['exp_avg', 'exp_avg_sq'],
    begin: ({ learningRate, step, weightDecay: decoupledDecay = weightDecay }) => {
      const factors = adamFactors({ beta1, beta2, epsilon, decay: 0, decoupledDecay, learningRate, step });
      return (weights, gradient, [means, squares]) => adamUpdate(weights, means, squares, gradient, factors);
    },
  };
}
