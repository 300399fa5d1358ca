import type { PythonTuple } from '../python/containers.js';
import type { PythonValue } from '../python/python-value.js';
import type { TorchDtype } from '../tensors/tensor.js';
import type { TorchStorage } from '../tensors/torch-tensor.js';

/** A constructor on the list of those that only build data. */
export class Constructor {
  constructor(
    readonly name: string,
    /** @throws ArgumentMismatch */
    readonly build: (args: PythonTuple & PickleValue[]) => PickleValue,
  ) {}
}

/** A class of storages, such as `torch.FloatStorage`; undefined for the untyped one. */
export class StorageClass {
  constructor(readonly dtype: TorchDtype | undefined) {}
}

/** A storage, to which tensors refer. */
export class StorageHandle {
  constructor(readonly storage: TorchStorage) {}
}

/** What lies on a pickle's stack: data, or what data is built with. */
export type PickleValue = PythonValue | Constructor | StorageClass | StorageHandle;

/** Whether a value may not stand in the result. */
export const isTool = (value: PickleValue): value is Constructor | StorageClass | StorageHandle =>
  value instanceof Constructor || value instanceof StorageClass || value instanceof StorageHandle;
