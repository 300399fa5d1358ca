import type { TypedArray } from '@fractura/array-files';
import type { TorchDtype } from './tensor.js';
import type { TensorView } from './torch-tensor.js';

/** The sign of an element that is carried as its bits. */
const signBits: Partial<Record<TorchDtype, number>> = {
  float16: 0x8000,
  bfloat16: 0x8000,
  float8_e4m3fn: 0x80,
  float8_e5m2: 0x80,
};

/**
 * Does to elements, in place, what PyTorch puts off until they are used: the conjugate of `conj()`, the negative of imaginary parts of
 * conjugates.
 *
 * @see PyTorch: Tensor.resolve_conj and Tensor.resolve_neg
 */
export function resolveLazyView(data: TypedArray, dtype: TorchDtype, { conjugated, negated }: TensorView): void {
  if (negated === true) {
    negate(data, signBits[dtype]);
  }
  if (conjugated === true && dtype.startsWith('complex')) {
    const parts = data as Float32Array;
    for (let i = 1; i < parts.length; i += 2) {
      parts[i] = -parts[i];
    }
  }
}

function negate(data: TypedArray, signBit: number | undefined): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = 0; i < data.length; i += 1) {
      data[i] = -data[i];
    }
    return;
  }
  for (let i = 0; i < data.length; i += 1) {
    data[i] = signBit === undefined ? -data[i] : data[i] ^ signBit;
  }
}
