import type { StateDict } from '@fractura/tfjs-training';
import type { Classifier } from './classifier.js';
import { loadWeights } from './load-weights.js';

/**
 * The network with given weights, or as it is without any. Where they do not fit, it is disposed.
 *
 * @throws TfjsTrainingError as {@link loadWeights}
 */
export function withWeights<Network extends Classifier>(network: Network, weights: StateDict | undefined): Network {
  if (!weights) {
    return network;
  }
  try {
    loadWeights(network, weights);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}
