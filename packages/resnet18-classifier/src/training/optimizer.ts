import { adamFactors, adamUpdate } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { StateTensor } from '@fractura/backbones';

export type OptimizerName = 'adam' | 'sgd';

/** Running averages of each rule: Adam's two moments, SGD's momentum. */
export const slotNames = { adam: ['exp_avg', 'exp_avg_sq'], sgd: ['momentum_buffer'] } as const;

export interface OptimizerOptions {
  name: OptimizerName;
  /** Added to the gradient as `weightDecay` times the parameter. */
  weightDecay: number;
}

/**
 * PyTorch's Adam (betas 0.9 and 0.999, epsilon 1e-8) or SGD (momentum 0.9).
 *
 * @see Kingma and Ba, arXiv:1412.6980, algorithm 1; torch.optim.Adam, torch.optim.SGD
 */
export class Optimizer {
  /** Steps done. */
  steps = 0;
  /** One running average per slot name and parameter, in the parameters' order, zero at first. */
  readonly slots: readonly (readonly Variable[])[];

  constructor(
    readonly parameters: readonly StateTensor[],
    readonly options: OptimizerOptions,
  ) {
    this.slots = slotNames[options.name].map(() =>
      parameters.map(({ variable }) => {
        const zeros = tf.zerosLike(variable);
        const slot = tf.variable(zeros, false);
        zeros.dispose();
        return slot;
      }),
    );
  }

  /** One step along gradients in the order of the parameters; they stay the caller's. */
  step(gradients: readonly (Tensor | null)[], learningRate: number): void {
    this.steps += 1;
    tf.tidy(() => {
      const update = this.options.name === 'adam' ? this.#adam(learningRate) : this.#sgd(learningRate);
      this.parameters.forEach(({ variable }, i) => {
        const gradient = gradients[i];
        if (!gradient) {
          return;
        }
        tf.tidy(() => {
          const slots = this.slots.map((slot) => slot[i]);
          const [weights, ...moved] = update(variable, gradient, slots);
          variable.assign(weights);
          moved.forEach((value, s) => {
            slots[s].assign(value);
          });
        });
      });
    });
  }

  dispose(): void {
    for (const slot of this.slots.flat()) {
      slot.dispose();
    }
  }

  #adam(learningRate: number): Update {
    const { steps: step, options } = this;
    const constants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const factors = adamFactors({ ...constants, decay: options.weightDecay, learningRate, step });
    return (weights, gradient, [means, squares]) => adamUpdate(weights, means, squares, gradient, factors);
  }

  /** PyTorch begins with b = g, which zero gives too. Numbers are made tensors once a step, not once for each parameter. */
  #sgd(learningRate: number): Update {
    const { weightDecay } = this.options;
    const [decay, friction, rate] = [weightDecay, 0.9, learningRate].map((value) => tf.scalar(value));
    return (weights, gradient, [momentum]) => {
      const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, decay));
      const moved = tf.add(tf.mul(momentum, friction), g);
      return [tf.sub(weights, tf.mul(moved, rate)), moved];
    };
  }
}

/** What weights and running averages become along a gradient. */
type Update = (weights: Tensor, gradient: Tensor, slots: readonly Tensor[]) => Tensor[];
