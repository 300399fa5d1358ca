import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { clipFactor } from '../operations/global-norm.js';
import type { Parameter } from '../parameters/network-state.js';
import type { StateDict, StateTensor } from '../parameters/state-dict.js';
import { fromTorchLayout, toTorchValues } from '../parameters/torch-layout.js';
import type { Update, UpdateRule } from './update-rule.js';

/** How an optimizer treats one parameter. */
export interface ParameterSettings {
  /** On the step's learning rate; default 1. */
  learningRateFactor?: number;
  /** In place of the rule's. */
  weightDecay?: number;
  /** Left as it is: the optimizer does not take it up, so that no gradient is computed for it. Default false. */
  frozen?: boolean;
}

export interface OptimizerOptions {
  /** Default: all parameters alike. */
  settingsOf?: (parameter: Parameter) => ParameterSettings;
  /** Largest L2 norm of all gradients together, as `torch.nn.utils.clip_grad_norm_`; default none. */
  clipNorm?: number;
}

/**
 * Moves parameters along their gradients by a rule, and keeps the rule's running averages, as PyTorch's optimizers do. A
 * parameter without a gradient stays as it is, decay included; it has no averages before its first one.
 *
 * Whoever made it disposes it; the parameters stay the network's.
 */
export class Optimizer {
  /** Those that are trained: the frozen ones are left out. */
  readonly parameters: readonly Parameter[];
  readonly #rule: UpdateRule;
  readonly #settings: readonly ParameterSettings[];
  readonly #clipNorm: number;
  /** By parameter; undefined before its first gradient. */
  readonly #averages: (Variable[] | undefined)[];
  #steps = 0;

  constructor(
    parameters: readonly Parameter[],
    rule: UpdateRule,
    { settingsOf = () => ({}), clipNorm = Infinity }: OptimizerOptions = {},
  ) {
    this.parameters = parameters.filter((parameter) => settingsOf(parameter).frozen !== true);
    this.#rule = rule;
    this.#settings = this.parameters.map(settingsOf);
    this.#clipNorm = clipNorm;
    this.#averages = this.parameters.map(() => undefined);
  }

  /** Steps done. */
  get steps(): number {
    return this.#steps;
  }

  /** One step along gradients in the order of the parameters, null where there is none; they stay the caller's. */
  step(gradients: readonly (Tensor | null)[], learningRate: number): void {
    this.#steps += 1;
    tf.tidy(() => {
      const clipped = clip(gradients, this.#clipNorm);
      const updates = this.#begin(clipped, learningRate);
      this.parameters.forEach(({ variable, role }, i) => {
        const gradient = clipped[i];
        if (!gradient && role !== 'cancelledBias') {
          return;
        }
        tf.tidy(() => {
          const before = this.#averages[i] ?? this.#rule.averages.map(() => tf.zerosLike(variable));
          const [weights, ...averages] = updates[i](variable, gradient ?? tf.zerosLike(variable), before);
          variable.assign(weights);
          this.#remember(i, averages);
        });
      });
    });
  }

  /** The running averages in PyTorch's layout, named `<average>.<parameter>`, average by average in the parameters' order. */
  async save(): Promise<Map<string, StateTensor>> {
    const tensors = new Map<string, StateTensor>();
    for (const [a, average] of this.#rule.averages.entries()) {
      for (const [i, { name, torchShape }] of this.parameters.entries()) {
        const tensor = this.#averages[i]?.[a];
        if (tensor) {
          tensors.set(`${average}.${name}`, { shape: torchShape, data: await toTorchValues(tensor) });
        }
      }
    }
    return tensors;
  }

  /**
   * Takes up running averages that {@link save} gave, after so many steps.
   *
   * @param options with `complete` every parameter must have its averages; else it has all of them or none
   * @throws TfjsTrainingError `optimizer-state-invalid`, naming the parameter; the optimizer is then unchanged
   */
  restore(tensors: StateDict, steps: number, { complete = false }: { complete?: boolean } = {}): void {
    const found = this.parameters.map(({ name }) => {
      const averages = this.#rule.averages.map((average) => tensors.get(`${average}.${name}`));
      const present = averages.filter((tensor) => tensor !== undefined);
      if (present.length < averages.length && (complete || present.length > 0)) {
        throw new TfjsTrainingError(`The optimizer's state of ${name} lacks ${this.#rule.averages.join(' or ')}.`, {
          code: 'optimizer-state-invalid',
          remedy: 'Go on from another checkpoint, or begin the training again.',
        });
      }
      return present;
    });
    this.#steps = steps;
    found.forEach((averages, i) => {
      if (averages.length > 0) {
        const { torchShape } = this.parameters[i];
        tf.tidy(() => {
          this.#remember(
            i,
            averages.map(({ data }) => fromTorchLayout(Float32Array.from(data, Number), torchShape)),
          );
        });
      }
    });
  }

  dispose(): void {
    for (const variable of this.#averages.flatMap((averages) => averages ?? [])) {
      variable.dispose();
    }
    this.#averages.fill(undefined);
  }

  /** The updates of this step by parameter; those with the same settings share one. */
  #begin(gradients: readonly (Tensor | null)[], learningRate: number): Update[] {
    const present = gradients.filter((gradient) => gradient !== null);
    const begun = new Map<string, Update>();
    return this.#settings.map(({ learningRateFactor = 1, weightDecay }) => {
      const key = `${learningRateFactor} ${weightDecay}`;
      const update =
        begun.get(key) ??
        this.#rule.begin({
          learningRate: learningRate * learningRateFactor,
          weightDecay,
          step: this.#steps,
          gradients: present,
        });
      begun.set(key, update);
      return update;
    });
  }

  /** Copies the values into averages of its own. */
  #remember(i: number, values: readonly Tensor[]): void {
    const kept = this.#averages[i];
    if (kept) {
      values.forEach((value, a) => {
        kept[a].assign(value);
      });
    } else {
      this.#averages[i] = values.map((value) => tf.variable(value, false));
    }
  }
}

function clip(gradients: readonly (Tensor | null)[], norm: number): readonly (Tensor | null)[] {
  if (norm === Infinity) {
    return gradients;
  }
  const factor = clipFactor(
    gradients.filter((gradient) => gradient !== null),
    norm,
  );
  return gradients.map((gradient) => gradient && tf.mul(gradient, factor));
}
