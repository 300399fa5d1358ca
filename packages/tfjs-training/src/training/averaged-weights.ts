import * as tf from '@tensorflow/tfjs';
import type { Variable } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { isCounter, type NetworkState, type Parameter, type RunningStatistic } from '../parameters/network-state.js';
import type { StateDict, StateTensor } from '../parameters/state-dict.js';
import { fromTorchLayout, toTorchValues } from '../parameters/torch-layout.js';

export interface AveragedWeightsOptions {
  /** How much of the average an update keeps. Default 0.999. */
  decay?: number;
  /**
   * Whether an update keeps no more than (1 + t) / (10 + t) after t others, so that the average of a short training forgets where it
   * began. Default false.
   */
  warmUp?: boolean;
}

/**
 * The exponential moving average of a network's parameters and running statistics: smoother than the last weights, and mostly
 * better. The first update copies them; each later one moves the averages by 1 - decay towards them.
 *
 * Whoever made it disposes it; the network stays its owner's.
 *
 * @see torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn and use_buffers=True; for the warm-up
 *   tf.train.ExponentialMovingAverage with num_updates
 */
export class AveragedWeights {
  readonly #entries: readonly (Parameter | RunningStatistic)[];
  readonly #decay: number;
  readonly #warmUp: boolean;
  /** In the order of the entries; none before the first update. */
  #averages: Variable[] = [];
  #updates = 0;

  constructor({ state }: NetworkState, { decay = 0.999, warmUp = false }: AveragedWeightsOptions = {}) {
    this.#entries = state.filter((entry): entry is Parameter | RunningStatistic => !isCounter(entry));
    this.#decay = decay;
    this.#warmUp = warmUp;
  }

  /** Updates done. */
  get updates(): number {
    return this.#updates;
  }

  /** To be called after each step of the optimizer. */
  update(): void {
    this.#updates += 1;
    if (this.#averages.length === 0) {
      this.#averages = this.#entries.map(({ variable }) => tf.variable(variable, false));
      return;
    }
    tf.tidy(() => {
      const earlier = this.#updates - 1;
      const decay = this.#warmUp ? Math.min(this.#decay, (1 + earlier) / (10 + earlier)) : this.#decay;
      const move = tf.scalar(1 - decay);
      this.#entries.forEach(({ variable }, i) => {
        const average = this.#averages[i];
        tf.tidy(() => {
          average.assign(tf.add(average, tf.mul(tf.sub(variable, average), move)));
        });
      });
    });
  }

  /** Does some work, such as a validation, while the network has the averages in place of its own weights. */
  async during<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    this.#exchange();
    try {
      return await work();
    } finally {
      this.#exchange();
    }
  }

  /** The averages in PyTorch's layout under the names of the network's `state_dict`; empty before the first update. */
  async save(): Promise<Map<string, StateTensor>> {
    const tensors = new Map<string, StateTensor>();
    for (const [i, average] of this.#averages.entries()) {
      const { name, torchShape } = this.#entries[i];
      tensors.set(name, { shape: torchShape, data: await toTorchValues(average) });
    }
    return tensors;
  }

  /**
   * Takes up averages that {@link save} gave, after so many updates.
   *
   * @throws TfjsTrainingError `optimizer-state-invalid`, naming the tensor that is missing; the averages are then unchanged
   */
  restore(tensors: StateDict, updates: number): void {
    const found = updates === 0 ? [] : this.#entries.map(({ name }) => averageIn(tensors, name));
    this.dispose();
    this.#updates = updates;
    this.#averages = found.map(({ data }, i) =>
      tf.tidy(() => tf.variable(fromTorchLayout(Float32Array.from(data, Number), this.#entries[i].torchShape), false)),
    );
  }

  dispose(): void {
    tf.dispose(this.#averages);
    this.#averages = [];
    this.#updates = 0;
  }

  #exchange(): void {
    this.#averages.forEach((average, i) => {
      const { variable } = this.#entries[i];
      tf.tidy(() => {
        const own = tf.clone(variable);
        variable.assign(average);
        average.assign(own);
      });
    });
  }
}

/** @throws TfjsTrainingError `optimizer-state-invalid` */
function averageIn(tensors: StateDict, name: string): StateTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) {
    throw new TfjsTrainingError(`The averaged weights lack ${name}.`, {
      code: 'optimizer-state-invalid',
      remedy: 'Go on from another checkpoint, or begin the training again.',
    });
  }
  return tensor;
}
