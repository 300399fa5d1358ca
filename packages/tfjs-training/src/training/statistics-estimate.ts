import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { withStatisticWeight } from '../operations/move-statistic.js';
import { isCounter, type NetworkState } from '../parameters/network-state.js';
import { infer, type InferOptions } from '../tape/infer.js';

/**
 * The running statistics of a network's batch norms, measured anew for the weights that it has now: the plain mean over the batches that
 * are included. Those that training leaves behind are of earlier weights, or, where few steps follow pretrained weights, still of the
 * images of that training.
 *
 * The parameters and the counters of batches stay as they are, and so do statistics of stages that are run with `training: false`.
 *
 * @see torch.optim.swa_utils.update_bn; Wu and Johnson, arXiv:2105.07576, section 3 (precise batch norm)
 */
export class StatisticsEstimate {
  readonly #network: NetworkState;
  /** Batches so far, of each statistic. */
  readonly #included = new Map<tf.Variable, number>();

  constructor(network: NetworkState) {
    this.#network = network;
  }

  /** Includes a batch. @param forward runs the network on it in training mode */
  include(forward: () => Tensor, options?: InferOptions): void {
    const counters = this.#network.state.filter(isCounter).map((counter) => ({ counter, count: counter.count }));
    tf.dispose(
      withStatisticWeight(
        (moving) => {
          const earlier = this.#included.get(moving) ?? 0;
          this.#included.set(moving, earlier + 1);
          return 1 / (earlier + 1);
        },
        () => infer(forward, options),
      ),
    );
    for (const { counter, count } of counters) {
      counter.count = count;
    }
  }
}
