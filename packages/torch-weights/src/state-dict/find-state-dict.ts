import { TorchWeightsError } from '../errors.js';
import type { PythonValue } from '../python/python-value.js';
import { TorchTensor } from '../tensors/torch-tensor.js';

/** Where checkpoints keep their network: nnU-Net, PyTorch Lightning and many training scripts. */
const usualKeys = ['network_weights', 'state_dict', 'model_state_dict', 'model', 'net', 'weights'];

/**
 * Finds the network's tensors in what `torch.save` wrote: the object itself if it is a state dict, or what lies under one of
 * the usual keys, or the only state dict within it.
 *
 * @param key the one to take, where there are several
 * @throws TorchWeightsError `no-state-dict`
 */
export function findStateDict(value: PythonValue, file: string, key?: string): Map<string, TorchTensor> {
  const entries: [PythonValue, PythonValue][] = value instanceof Map ? [...value] : [];
  const candidates = new Map<PythonValue, Map<string, TorchTensor>>();
  for (const [name, inner] of entries) {
    const tensors = tensorsOf(inner);
    if (tensors) {
      candidates.set(name, tensors);
    }
  }
  const own = tensorsOf(value);
  const usual = usualKeys.find((name) => candidates.has(name));
  const chosen =
    key !== undefined
      ? candidates.get(key)
      : (own ?? candidates.get(usual ?? '') ?? (candidates.size === 1 ? [...candidates.values()][0] : undefined));
  if (chosen) {
    return chosen;
  }
  const named = (names: Iterable<PythonValue>) => [...names].filter((name) => typeof name === 'string').join(', ');
  const held = candidates.size > 0 ? named(candidates.keys()) : 'none';
  throw new TorchWeightsError(
    key === undefined
      ? `${file} does not hold exactly one state dict; it has: ${held}.`
      : `${file} holds no state dict under "${key}"; it has: ${held}.`,
    {
      code: 'no-state-dict',
      remedy: `Name one of them, or take what you need from readTorchFile. Its keys are: ${named(entries.map(([name]) => name)) || 'none'}.`,
    },
  );
}

/** The tensors of a dict by name; undefined where one of its values is something else, or it is empty. */
function tensorsOf(value: PythonValue): Map<string, TorchTensor> | undefined {
  if (!(value instanceof Map) || value.size === 0) {
    return undefined;
  }
  const tensors = new Map<string, TorchTensor>();
  for (const [name, tensor] of value) {
    if (typeof name !== 'string' || !(tensor instanceof TorchTensor)) {
      return undefined;
    }
    tensors.set(name, tensor);
  }
  return tensors;
}
