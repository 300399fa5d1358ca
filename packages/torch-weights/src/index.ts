export { PythonFloat } from '@fractura/python-compat';
export { TorchWeightsError } from './errors.js';
export { DefaultDict, OrderedDict, PythonFrozenSet, PythonTuple, TorchSize } from './python/containers.js';
export { NumpyArray, NumpyDtype, NumpyScalar } from './python/numpy.js';
export type { PythonValue } from './python/python-value.js';
export { readPickle, writePickle, type ReadPickleOptions } from './pickle-file.js';
export { PythonComplex, PythonReference, PythonSlice, TorchDevice, TorchDtypeValue } from './python/scalars.js';
export { readSafetensors, type ReadSafetensorsOptions, type Safetensors } from './safetensors/read-safetensors.js';
export {
  encodeSafetensors,
  writeSafetensors,
  type TensorInputs,
  type WriteSafetensorsOptions,
} from './safetensors/write-safetensors.js';
export { findStateDict } from './state-dict/find-state-dict.js';
export { readStateDict, type ReadStateDictOptions } from './state-dict/read-state-dict.js';
export type { PythonInput } from './torch-file/python-input.js';
export { readTorchFile, type ReadTorchFileOptions } from './torch-file/read-torch-file.js';
export { TorchTensor, type TensorView, type TorchStorage } from './tensors/torch-tensor.js';
export { encodeTorchFile, writeTorchFile } from './torch-file/write-torch-file.js';
export type { Tensor, TensorInput, TorchDtype } from './tensors/tensor.js';
export { toFloat32 } from './tensors/to-float32.js';
