import * as tf from '@tensorflow/tfjs';
import type { Variable } from '@tensorflow/tfjs';

import {
  isCounter,
  isParameter,
  type BatchCounter,
  type Parameter,
  type ParameterRole,
  type StateEntry,
  type StatisticRole,
} from './network-state.js';
import { DerivedTensors } from './derived-tensors.js';
import { fromTorchLayout } from './torch-layout.js';

/** Gives the initial values, in PyTorch's layout and C order, of a tensor about to be made. */
export type Initialiser = (tensor: {
  name: string;
  role: ParameterRole | StatisticRole;
  torchShape: readonly number[];
}) => Float32Array;

/** The initialiser of networks that get their values afterwards. */
export const zeros: Initialiser = ({ torchShape }) => new Float32Array(tf.util.sizeFromShape([...torchShape]));

/** Collects the state of a network in the order in which it is made, under dotted names as PyTorch's modules give them. */
export class ParameterScope {
  readonly #initialise: Initialiser;
  readonly #entries: StateEntry[];
  readonly #prefix: string;
  readonly #derived: DerivedTensors[];

  constructor(initialise: Initialiser, entries: StateEntry[] = [], prefix = '', derived: DerivedTensors[] = []) {
    this.#initialise = initialise;
    this.#entries = entries;
    this.#prefix = prefix;
    this.#derived = derived;
  }

  /** The scope of a module within this one; what it makes belongs to both. */
  within(name: string): ParameterScope {
    return new ParameterScope(this.#initialise, this.#entries, `${this.#prefix}${name}.`, this.#derived);
  }

  /** Everything made so far, in its order. */
  get state(): readonly StateEntry[] {
    return this.#entries;
  }

  /** What an optimizer changes, in the order in which it was made, which is that of PyTorch's optimizers. */
  get parameters(): readonly Parameter[] {
    return this.#entries.filter(isParameter);
  }

  parameter(name: string, role: ParameterRole, torchShape: readonly number[]): Variable {
    const { full, variable } = this.#make(name, role, torchShape, true);
    this.#entries.push({ name: full, role, torchShape, variable });
    return variable;
  }

  statistic(name: string, role: StatisticRole, channels: number): Variable {
    const { full, variable } = this.#make(name, role, [channels], false);
    this.#entries.push({ name: full, role, torchShape: [channels], variable });
    return variable;
  }

  counter(name: string): BatchCounter {
    const counter = { name: `${this.#prefix}${name}`, count: 0 };
    this.#entries.push(counter);
    return counter;
  }

  /** A place for tensors that are computed of parameters of this scope; they end with it. */
  derived(): DerivedTensors {
    const derived = new DerivedTensors();
    this.#derived.push(derived);
    return derived;
  }

  /** Frees every tensor made so far. */
  dispose(): void {
    for (const derived of this.#derived) {
      derived.dispose();
    }
    for (const entry of this.#entries) {
      if (!isCounter(entry)) {
        entry.variable.dispose();
      }
    }
  }

  #make(
    name: string,
    role: ParameterRole | StatisticRole,
    torchShape: readonly number[],
    trained: boolean,
  ): { full: string; variable: Variable } {
    const full = `${this.#prefix}${name}`;
    const initial = fromTorchLayout(this.#initialise({ name: full, role, torchShape }), torchShape);
    const variable = tf.variable(initial, trained);
    initial.dispose();
    return { full, variable };
  }
}
