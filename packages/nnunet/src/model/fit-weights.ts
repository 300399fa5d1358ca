import type { StateDict } from '@fractura/tfjs-training';
import { networkTensors, type SegmentationNetwork } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/** What wrappers of a network put before, or among, the parts of its tensors' names: torch.compile and parallel training. */
const wrappers = new Set(['_orig_mod', 'module']);

/** Weights under the network's own names, and the wrappers' prefix that their names had. */
export interface UnwrappedWeights {
  weights: StateDict;
  /** Such as `module._orig_mod.`; undefined where there was none. */
  prefix: string | undefined;
}

/** Takes the wrappers' prefixes off the names of tensors, where that keeps them apart. */
export function unwrapWeights(weights: StateDict): UnwrappedWeights {
  const unwrapped = new Map<string, NonNullable<ReturnType<StateDict['get']>>>();
  let prefix: string | undefined;
  for (const [name, tensor] of weights) {
    const parts = name.split('.');
    const wrapped = parts.filter((part) => wrappers.has(part));
    unwrapped.set(parts.filter((part) => !wrappers.has(part)).join('.'), tensor);
    prefix ??= wrapped.length > 0 ? wrapped.map((part) => `${part}.`).join('') : undefined;
  }
  return prefix !== undefined && unwrapped.size === weights.size
    ? { weights: unwrapped, prefix }
    : { weights, prefix: undefined };
}

/**
 * Checks that a file has no tensors that the network does not have: such weights are of another network.
 *
 * @throws NnunetError `weights-unexpected`
 */
export function refuseOtherTensors(weights: StateDict, network: SegmentationNetwork, file: string): void {
  const known = new Set(networkTensors(network));
  const others = [...weights.keys()].filter((name) => !known.has(name));
  if (others.length === 0) {
    return;
  }
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  throw new NnunetError(`${file} has the tensor ${others[0]}${more}, which the network of the plans does not have.`, {
    code: 'weights-unexpected',
    remedy: 'Put the plans.json beside it that this network was trained with.',
  });
}
