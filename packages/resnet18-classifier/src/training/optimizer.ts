import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { StateTensor } from '../network/state-scope.js';

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
    this.steps++;
    this.parameters.forEach(({ variable }, i) => {
      const gradient = gradients[i];
      if (!gradient) return;
      tf.tidy(() => {
        const { weightDecay, name } = this.options;
        const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
        const change = name === 'adam' ? this.#adam(g, i, learningRate) : tf.mul(this.#momentum(g, i), learningRate);
        variable.assign(tf.sub(variable, change));
      });
    });
  }

  dispose(): void {
    for (const slot of this.slots.flat()) slot.dispose();
  }

  #adam(g: Tensor, i: number, learningRate: number): Tensor {
    const [mean, square] = [this.slots[0][i], this.slots[1][i]];
    mean.assign(tf.add(tf.mul(mean, 0.9), tf.mul(g, 0.1)));
    square.assign(tf.add(tf.mul(square, 0.999), tf.mul(tf.square(g), 0.001)));
    const deviation = tf.div(tf.sqrt(square), Math.sqrt(1 - 0.999 ** this.steps));
    return tf.div(tf.mul(mean, learningRate / (1 - 0.9 ** this.steps)), tf.add(deviation, 1e-8));
  }

  /** PyTorch begins with b = g, which zero gives too. */
  #momentum(g: Tensor, i: number): Tensor {
    const momentum = this.slots[0][i];
    momentum.assign(tf.add(tf.mul(momentum, 0.9), g));
    return momentum;
  }
}
