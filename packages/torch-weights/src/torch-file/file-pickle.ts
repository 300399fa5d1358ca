import { TorchWeightsError } from '../errors.js';
import { count, instance, text, tuple, ArgumentMismatch } from '../pickle/expect.js';
import { numpyConstructors, setNumpyState } from '../pickle/numpy-constructors.js';
import { damagedFile } from '../pickle/pickle-error.js';
import { StorageClass, StorageHandle, type PickleValue } from '../pickle/pickle-value.js';
import { pythonConstructors } from '../pickle/python-constructors.js';
import { torchConstructors } from '../pickle/torch-constructors.js';
import { unpickle } from '../pickle/unpickle.js';
import { OrderedDict } from '../python/containers.js';
import type { PythonValue } from '../python/python-value.js';
import { PythonReference } from '../python/scalars.js';
import type { TorchStorage, TorchTensor } from '../tensors/torch-tensor.js';

/** A pickle with the tensors and storages that it names; the tensors have no elements yet. */
export interface FilePickle {
  value: PythonValue;
  end: number;
  tensors: TorchTensor[];
  storages: Map<string, TorchStorage>;
}

/** Where a pickle lies, and what it may refer to. */
export interface FilePickleOptions {
  /** Default 0. */
  start?: number;
  /** Names of functions that may stand in the data as a {@link PythonReference}; default none. */
  references?: readonly string[];
}

/**
 * Reads the pickle of a PyTorch file.
 *
 * @throws TorchWeightsError `invalid-torch-file`, `constructor-refused`
 */
export function readFilePickle(
  bytes: Uint8Array,
  file: string,
  { start = 0, references = [] }: FilePickleOptions = {},
): FilePickle {
  const tensors: TorchTensor[] = [];
  const storages = new Map<string, TorchStorage>();
  const constructors = torchConstructors((tensor) => tensors.push(tensor));
  const find = (name: string) => constructors.get(name) ?? pythonConstructors.get(name) ?? numpyConstructors.get(name);

  const loadPersistent = (id: PickleValue): PickleValue => {
    const [kind, storageClass, key, location, elements, view] = tuple(id);
    if (kind !== 'storage') {
      throw new ArgumentMismatch('a storage is expected');
    }
    if (view !== undefined && view !== null) {
      throw new ArgumentMismatch('views of storages, of PyTorch before 0.4, are not supported');
    }
    const { dtype } = instance(storageClass, StorageClass);
    const name = text(key);
    const known = storages.get(name);
    const storage = known ?? { key: name, dtype, elements: count(elements), location: text(location) };
    if (storage.dtype !== dtype || storage.elements !== elements) {
      throw new ArgumentMismatch('a storage is described in two ways');
    }
    storages.set(name, storage);
    return new StorageHandle(storage);
  };
  const setState = (target: PickleValue, state: PickleValue): boolean => {
    if (!(target instanceof OrderedDict)) {
      return setNumpyState(target, state);
    }
    target.attributes = instance(state, Map) as Map<PythonValue, PythonValue>;
    return true;
  };
  try {
    const findGlobal = (module: string, name: string) => {
      const full = `${module}.${name}`;
      return references.includes(full) ? new PythonReference(full) : find(full);
    };
    return { ...unpickle(bytes, { file, start, findGlobal, setState, loadPersistent }), tensors, storages };
  } catch (error) {
    if (error instanceof TorchWeightsError) {
      throw error;
    }
    if (error instanceof ArgumentMismatch) {
      throw damagedFile(file, `its pickle builds a value from wrong arguments (${error.message})`, error);
    }
    throw error;
  }
}
