export { VolumeIoError } from './errors.js';
export { spacingOfAffine } from './nifti/affine.js';
export type { NiftiHeaderFields } from './nifti/encode-header.js';
export type { Matrix4x4, NiftiDtype, NiftiExtension, NiftiHeader } from './nifti/nifti-types.js';
export { orientationOfAffine, rasAffine, storedSize, type Orientation } from './nifti/orientation.js';
export { readNifti, type NiftiVolume, type ReadNiftiOptions } from './nifti/read-nifti.js';
export { encodeNiftiBytes, type NiftiInput, type NiftiVersion } from './nifti/encode-nifti-bytes.js';
export { encodeNifti, writeNifti, type EncodeNiftiOptions } from './nifti/write-nifti.js';
export { toFloat32, type NumberType, type TypedArray } from '@fractura/array-files';
export type { NpyArray, NpyDtype, NpyInput } from './npy/npy-array.js';
export { encodeNpy, readNpy, writeNpy } from './npy/npy-files.js';
export {
  encodeNpz,
  readNpz,
  writeNpz,
  type NpzInputs,
  type ReadNpzOptions,
  type WriteNpzOptions,
} from './npy/npz-files.js';
