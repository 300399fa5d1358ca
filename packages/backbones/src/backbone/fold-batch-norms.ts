import type { StateDict, StateTensor } from '@fractura/tfjs-training';
import { BackbonesError } from '../errors.js';

/** A convolution without bias and the batch norm after it, by their names in the `state_dict`. */
export interface FoldedNorm {
  convolution: string;
  norm: string;
  /** What the norm adds to the variance. */
  epsilon: number;
}

/**
 * The weights of the equal network without batch norms, for use and not for training: a norm's scale goes into the kernel before it,
 * w scale / sqrt(variance + epsilon), its offset into a bias of the convolution, offset - mean scale / sqrt(variance + epsilon).
 *
 * @param weights kernels `[out, in, ...spatial]`, depthwise ones `[channels, 1, ...spatial]`.
 * @returns `CONVOLUTION.weight` and `CONVOLUTION.bias` for each; the norms' tensors are gone, all others stay.
 * @throws BackbonesError `weights-missing`, naming the tensor
 */
export function foldBatchNorms(weights: StateDict, norms: readonly FoldedNorm[]): Map<string, StateTensor> {
  const folded = new Map(weights);
  for (const { convolution, norm, epsilon } of norms) {
    const names = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => `${norm}.${part}`);
    const kernel = requireTensor(weights, `${convolution}.weight`);
    const [scale, offset, mean, variance] = names.map((name) => requireTensor(weights, name).data);
    const channels = kernel.shape[0];
    const size = kernel.data.length / channels;
    const factors = Float64Array.from(
      { length: channels },
      (_, c) => Number(scale[c]) / Math.sqrt(Number(variance[c]) + epsilon),
    );
    const bias = Float32Array.from(factors, (factor, c) => Number(offset[c]) - Number(mean[c]) * factor);
    const data = Float32Array.from(
      { length: kernel.data.length },
      (_, i) => Number(kernel.data[i]) * factors[Math.floor(i / size)],
    );
    folded.set(`${convolution}.weight`, { shape: kernel.shape, data });
    folded.set(`${convolution}.bias`, { shape: [channels], data: bias });
    for (const name of [...names, `${norm}.num_batches_tracked`]) {
      folded.delete(name);
    }
  }
  return folded;
}

function requireTensor(weights: StateDict, name: string): StateTensor {
  const tensor = weights.get(name);
  if (tensor) {
    return tensor;
  }
  throw new BackbonesError(`The weights have no tensor ${name}.`, {
    code: 'weights-missing',
    remedy: 'Use weights of the same architecture.',
  });
}
