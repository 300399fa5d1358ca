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
    const { weightDecay, name } = this.options;
    tf.tidy(() => {
      const decay = tf.scalar(weightDecay);
      const changeOf = name === 'adam' ? this.#adam(learningRate) : this.#sgd(learningRate);
      this.parameters.forEach(({ variable }, i) => {
        const gradient = gradients[i];
        if (!gradient) return;
        tf.tidy(() => {
          const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, decay));
          variable.assign(tf.sub(variable, changeOf(g, i)));
        });
      });
    });
  }

  dispose(): void {
    for (const slot of this.slots.flat()) slot.dispose();
  }

  /** Numbers are made tensors once a step, not once for each parameter. */
  #adam(learningRate: number): Change {
    const [first, second] = [1 - 0.9 ** this.steps, Math.sqrt(1 - 0.999 ** this.steps)];
    const [keepMean, take, keepSquare, takeSquare] = [0.9, 0.1, 0.999, 0.001].map((value) => tf.scalar(value));
    // The corrections of the bias, taken out of the fraction: m / first / (sqrt(v) / second + 1e-8).
    const [rate, epsilon] = [(learningRate * second) / first, 1e-8 * second].map((value) => tf.scalar(value));
    return (g, i) => {
      const [mean, square] = [this.slots[0][i], this.slots[1][i]];
      mean.assign(tf.add(tf.mul(mean, keepMean), tf.mul(g, take)));
      square.assign(tf.add(tf.mul(square, keepSquare), tf.mul(tf.square(g), takeSquare)));
      return tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), epsilon));
    };
  }

  /** PyTorch begins with b = g, which zero gives too. */
  #sgd(learningRate: number): Change {
    const [friction, rate] = [0.9, learningRate].map((value) => tf.scalar(value));
    return (g, i) => {
      const momentum = this.slots[0][i];
      momentum.assign(tf.add(tf.mul(momentum, friction), g));
      return tf.mul(momentum, rate);
    };
  }
}

/** What a step takes from parameter `i` along the gradient `g`. */
type Change = (g: Tensor, i: number) => Tensor;
