import type { PythonFloat } from '@fractura/python-compat';
import type { TorchTensor } from '../tensors/torch-tensor.js';
import type { NumpyArray, NumpyDtype, NumpyScalar } from './numpy.js';
import type { PythonComplex, PythonReference, PythonSlice, TorchDevice, TorchDtypeValue } from './scalars.js';

/**
 * What a PyTorch file holds. Python's None is null; ints are numbers, or bigints beyond 2^53; floats are numbers; bytes are
 * Uint8Arrays; lists are arrays, dicts Maps, sets Sets; the rest has classes of its own.
 */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PythonValue[]
  | Set<PythonValue>
  | Map<PythonValue, PythonValue>
  | PythonComplex
  | PythonFloat
  | PythonReference
  | PythonSlice<PythonValue>
  | TorchDevice
  | TorchDtypeValue
  | TorchTensor
  | NumpyArray
  | NumpyDtype
  | NumpyScalar;
