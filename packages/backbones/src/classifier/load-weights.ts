import { loadState, type NetworkState, type StateDict } from '@fractura/tfjs-training';
import { adaptInput } from '../backbone/adapt-input.js';

export interface LoadWeightsOptions {
  /**
   * Keep the network's own classifying layer (`fc` or `_fc`), for weights of a task with other classes; and EfficientNet's last convolution,
   * where the weights are those of an encoder, which has none.
   */
  keepHead?: boolean;
  /** Adapt the first kernel where the weights are for another number of input channels, as ImageNet's are for three. */
  adaptChannels?: boolean;
}

/**
 * Puts weights into a classifier by their published names; a leading `module.` is ignored, `num_batches_tracked` may be absent.
 *
 * @throws TfjsTrainingError `weights-missing`, `weights-unexpected` or `weights-shape`, naming the tensor; the network is then
 *   unchanged
 */
export function loadWeights(
  network: NetworkState & { readonly inputChannels: number },
  weights: StateDict,
  { keepHead = false, adaptChannels = false }: LoadWeightsOptions = {},
): void {
  const fitting = adaptChannels ? withAdaptedInput(weights, network.inputChannels) : weights;
  const isOwn = (name: string) => isClassifyingLayer(name) || (isLastConvolution(name) && !weights.has(name));
  loadState(network, fitting, { keep: (name) => keepHead && isOwn(name) });
}

function withAdaptedInput(weights: StateDict, channels: number): StateDict {
  return new Map(
    [...weights].map(([name, tensor]) => [name, isFirstKernel(name) ? adaptInput(tensor, channels) : tensor]),
  );
}

const isClassifyingLayer = (name: string): boolean => /^_?fc\./.test(name);
/** EfficientNet's, and the batch norm after it. */
const isLastConvolution = (name: string): boolean => /^_(conv_head|bn1)\./.test(name);
const isFirstKernel = (name: string): boolean => /^(module\.)?(conv1|_conv_stem)\.weight$/.test(name);
