import { readStateDict, toFloat32, type Tensor } from '@fractura/torch-weights';

import { optimizerPrefix } from './checkpoint-files.js';
import type { StateTensor } from '../parameters/state-dict.js';

/** Tensors as `@fractura/torch-weights` reads them as networks take them: int64 stays, all others become float32. */
export function toStateDict(tensors: ReadonlyMap<string, Tensor>): Map<string, StateTensor> {
  return new Map(
    [...tensors].map(([name, tensor]) => [
      name,
      {
        shape: tensor.shape,
        data: tensor.dtype === 'int64' ? (tensor.data as BigInt64Array) : toFloat32(tensor),
      },
    ]),
  );
}

/**
 * Reads the weights of a `.pth` or `.safetensors` file: a bare state dict, or a checkpoint that keeps one under one of the usual
 * keys. The optimizer's tensors of our own checkpoints are left out. Nothing is executed or downloaded.
 *
 * @throws TorchWeightsError, ArrayFilesError what `readStateDict` of `@fractura/torch-weights` throws
 */
export async function readWeights(file: string): Promise<Map<string, StateTensor>> {
  const weights = toStateDict(await readStateDict(file));
  for (const name of weights.keys()) {
    if (name.startsWith(optimizerPrefix)) {
      weights.delete(name);
    }
  }
  return weights;
}
