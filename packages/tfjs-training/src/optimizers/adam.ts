import { adamFactors, adamUpdate } from '../operations/optimizer-updates.js';
import type { UpdateRule } from './update-rule.js';

export interface AdamOptions {
  /** Decay of the running mean of gradients. Default 0.9. */
  beta1?: number;
  /** Decay of the running mean of their squares. Default 0.999. */
  beta2?: number;
  /** Added to the root of the squares. Default 1e-8. */
  epsilon?: number;
  /** `adam` adds so much of the parameter to its gradient, default 0; for `adamw` see there. */
  weightDecay?: number;
}

/**
 * Adam with PyTorch's defaults.
 *
 * @see Kingma and Ba, arXiv:1412.6980, algorithm 1; torch.optim.Adam
 */
export function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions = {}): UpdateRule {
  return {
    averages: ['exp_avg', 'exp_avg_sq'],
    begin: ({ learningRate, step, weightDecay: decay = weightDecay }) => {
      const factors = adamFactors({ beta1, beta2, epsilon, decay, learningRate, step });
      return (weights, gradient, [means, squares]) => adamUpdate(weights, means, squares, gradient, factors);
    },
  };
}
