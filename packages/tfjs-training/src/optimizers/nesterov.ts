import { clipFactor } from '../operations/global-norm.js';
import { nesterovFactors, nesterovUpdate } from '../operations/optimizer-updates.js';
import type { UpdateRule } from './update-rule.js';

export interface NesterovOptions {
  /** Default 0.99, nnU-Net's. */
  momentum?: number;
  /** On all parameters, biases and norms too. Default 3e-5, nnU-Net's. */
  weightDecay?: number;
  /** Largest L2 norm of all gradients together. Default 12, nnU-Net's. */
  clipNorm?: number;
}

/**
 * Stochastic gradient descent with Nesterov's momentum and weight decay on clipped gradients, as nnU-Net trains:
 * g = clipped gradient + decay w; b = momentum b + g; w = w - rate (g + momentum b).
 *
 * @see torch.optim.SGD(nesterov=True), torch.nn.utils.clip_grad_norm_; nnU-Net:
 *   nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, configure_optimizers and train_step
 */
export function nesterov({ momentum = 0.99, weightDecay = 3e-5, clipNorm = 12 }: NesterovOptions = {}): UpdateRule {
  return {
    averages: ['momentum'],
    begin: ({ gradients, learningRate, weightDecay: decay = weightDecay }) => {
      const clip = clipFactor(gradients, clipNorm);
      const factors = nesterovFactors({ clip, decay, momentum, learningRate });
      return (weights, gradient, [momenta]) => nesterovUpdate(weights, momenta, gradient, factors);
    },
  };
}
