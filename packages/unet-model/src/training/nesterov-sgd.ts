import { globalNorm, nesterovFactors, nesterovUpdate } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type { Parameter } from '../network/parameter.js';

export interface NesterovSgdOptions {
  /** nnU-Net's is 0.99. */
  momentum?: number;
  /** On all parameters, biases and norms too; nnU-Net's is 3e-5. */
  weightDecay?: number;
  /** Largest L2 norm of all gradients together; nnU-Net's is 12. */
  clipNorm?: number;
}

/**
 * Stochastic gradient descent with Nesterov's momentum and weight decay, as PyTorch computes it:
 * g = clipped gradient + decay w; b = momentum b + g; w = w - rate (g + momentum b).
 *
 * A parameter without gradient is left alone, decay included; before its first gradient it has no momentum.
 */
export class NesterovSgd {
  readonly #parameters: readonly Parameter[];
  readonly #options: Required<NesterovSgdOptions>;
  readonly #momenta: (Variable | undefined)[];

  constructor(
    parameters: readonly Parameter[],
    { momentum = 0.99, weightDecay = 3e-5, clipNorm = 12 }: NesterovSgdOptions = {},
  ) {
    this.#parameters = parameters;
    this.#options = { momentum, weightDecay, clipNorm };
    this.#momenta = parameters.map(() => undefined);
  }

  /** One step along gradients in the order of the parameters; they stay the caller's. */
  step(gradients: readonly (Tensor | null)[], learningRate: number): void {
    const { momentum, weightDecay, clipNorm } = this.#options;
    tf.tidy(() => {
      const norm = globalNorm(gradients.filter((gradient) => gradient !== null));
      const clip = tf.minimum<Scalar>(tf.div(clipNorm, tf.add(norm, 1e-6)), 1);
      const factors = nesterovFactors({ clip, decay: weightDecay, momentum, learningRate });
      this.#parameters.forEach(({ role, variable }, i) => {
        const gradient = gradients[i];
        if (!gradient && role !== 'cancelledBias') {
          return;
        }
        tf.tidy(() => {
          const before = this.#momenta[i] ?? tf.zerosLike(variable);
          const g = gradient ?? tf.zerosLike(variable);
          const [weights, momenta] = nesterovUpdate(variable, before, g, factors);
          variable.assign(weights);
          this.#remember(i, momenta);
        });
      });
    });
  }

  /** The momentum of each parameter, where it has one. */
  get momenta(): readonly (Tensor | undefined)[] {
    return this.#momenta;
  }

  /** Takes up momenta saved before, in TensorFlow's layout; the values are copied. */
  restore(momenta: readonly (Tensor | undefined)[]): void {
    momenta.forEach((value, i) => {
      if (value) {
        this.#remember(i, value);
      }
    });
  }

  dispose(): void {
    for (const momentum of this.#momenta) {
      momentum?.dispose();
    }
    this.#momenta.fill(undefined);
  }

  #remember(i: number, value: Tensor): void {
    const kept = this.#momenta[i];
    if (kept) {
      kept.assign(value);
    } else {
      this.#momenta[i] = tf.variable(value, false);
    }
  }
}
