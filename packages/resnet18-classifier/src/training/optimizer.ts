import { adam, sgd, type UpdateRule } from '@fractura/tfjs-training';

export type OptimizerName = 'adam' | 'sgd';

/** PyTorch's Adam (betas 0.9 and 0.999, epsilon 1e-8) or SGD (momentum 0.9), with weight decay added to the gradient. */
export function updateRule(name: OptimizerName, weightDecay: number): UpdateRule {
  return name === 'adam' ? adam({ weightDecay }) : sgd({ weightDecay });
}
