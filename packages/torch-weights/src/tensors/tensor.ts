import { arrayClasses, numberTypeOf, type NumberType, type TypedArray, elementCount } from '@fractura/array-files';
import { TorchWeightsError } from '../errors.js';

/** Element types under PyTorch's names. */
export type TorchDtype =
  NumberType | 'float16' | 'bfloat16' | 'float8_e4m3fn' | 'float8_e5m2' | 'bool' | 'complex64' | 'complex128';

interface ElementLayout {
  /** Class of the array that carries the elements. */
  storage: NumberType;
  /** Numbers an element: 2 (real, imaginary) for complex. */
  components: number;
}

const same = (storage: NumberType): ElementLayout => ({ storage, components: 1 });

/** How each element type is carried; types that JavaScript lacks are carried as their bits. */
export const elementLayouts: Record<TorchDtype, ElementLayout> = {
  uint8: same('uint8'),
  int8: same('int8'),
  uint16: same('uint16'),
  int16: same('int16'),
  uint32: same('uint32'),
  int32: same('int32'),
  uint64: same('uint64'),
  int64: same('int64'),
  float32: same('float32'),
  float64: same('float64'),
  float16: same('uint16'),
  bfloat16: same('uint16'),
  float8_e4m3fn: same('uint8'),
  float8_e5m2: same('uint8'),
  bool: same('uint8'),
  complex64: { storage: 'float32', components: 2 },
  complex128: { storage: 'float64', components: 2 },
};

/** Bytes an element takes. */
export const elementBytes = (dtype: TorchDtype): number => {
  const { storage, components } = elementLayouts[dtype];
  return arrayClasses[storage].BYTES_PER_ELEMENT * components;
};

/** A dense tensor in C order (last axis fastest). */
export interface Tensor {
  dtype: TorchDtype;
  shape: number[];
  /**
   * The elements. float16 and bfloat16 come as their bits in a Uint16Array, float8 as its bits and bool as 0 and 1 in a
   * Uint8Array, complex as real and imaginary parts in turn: nothing is lost. `toFloat32` gives numbers.
   */
  data: TypedArray;
}

/** A tensor to write; without `dtype` it has that of its array class. */
export interface TensorInput {
  dtype?: TorchDtype;
  shape: readonly number[];
  data: TypedArray;
}

/** Fills in the dtype and checks that type, shape and data agree. */
export function completeTensor(name: string, input: TensorInput): Tensor {
  const { shape, data } = input;
  const carried = numberTypeOf(data);
  const dtype = input.dtype ?? carried;
  const layout = elementLayouts[dtype] as ElementLayout | undefined;
  const invalid = (message: string) =>
    new TorchWeightsError(`Tensor "${name}" ${message}.`, {
      code: 'invalid-tensor',
      remedy: 'Correct the tensor that is to be written.',
    });
  if (layout === undefined) {
    throw invalid(`has the unknown dtype ${dtype}`);
  }
  if (layout.storage !== carried) {
    throw invalid(`of dtype ${dtype} must be given as ${layout.storage}, not as ${carried}`);
  }
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw invalid(`has the shape [${shape.join(', ')}]; sizes must be integers of at least 0`);
  }
  const expected = elementCount(shape) * layout.components;
  if (expected !== data.length) {
    throw invalid(`has ${data.length} numbers; its shape [${shape.join(', ')}] needs ${expected}`);
  }
  return { dtype, shape: [...shape], data };
}
