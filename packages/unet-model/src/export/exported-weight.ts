import type { StateDict } from '@fractura/tfjs-training';
import { UnetModelError } from '../errors.js';

/** A tensor of a network that is exported, in PyTorch's layout. */
export interface ExportedWeight {
  shape: readonly number[];
  data: Float32Array;
}

/**
 * A tensor of the network's weights.
 *
 * @throws UnetModelError `weights-missing`
 */
export function exportedWeight(weights: StateDict, name: string): ExportedWeight {
  const tensor = weights.get(name);
  if (tensor?.data instanceof Float32Array) {
    return { shape: tensor.shape, data: tensor.data };
  }
  throw new UnetModelError(`The weights have no float32 tensor ${name}.`, {
    code: 'weights-missing',
    remedy: 'Use weights of the same architecture, or the plan they were trained with.',
  });
}
