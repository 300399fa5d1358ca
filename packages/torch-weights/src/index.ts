export { TorchWeightsError } from './errors.js';
export { readSafetensors, type ReadSafetensorsOptions, type Safetensors } from './safetensors/read-safetensors.js';
export {
  encodeSafetensors,
  writeSafetensors,
  type TensorInputs,
  type WriteSafetensorsOptions,
} from './safetensors/write-safetensors.js';
export type { Tensor, TensorInput, TorchDtype } from './tensor.js';
export { toFloat32 } from './to-float32.js';
