import { decodeFloat16, toFloat32 as castToFloat32 } from '@fractura/array-files';
import { TorchWeightsError } from '../errors.js';
import type { Tensor } from './tensor.js';

/** bfloat16 is the upper half of a float32; exact. */
function decodeBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}

/** float8_e5m2 is the upper byte of a float16; exact. */
const decodeFloat8E5m2 = (bits: Uint8Array): Float32Array => decodeFloat16(Uint16Array.from(bits, (byte) => byte << 8));

/** Bias 7, three fraction bits, no infinity, one NaN a sign (arXiv 2209.05433); exact. */
function decodeFloat8E4m3fn(bits: Uint8Array): Float32Array {
  return Float32Array.from(bits, (byte) => {
    const sign = byte < 128 ? 1 : -1;
    const exponent = (byte >> 3) & 15;
    const fraction = byte & 7;
    if (exponent === 15 && fraction === 7) {
      return NaN;
    }
    return exponent === 0 ? sign * fraction * 2 ** -9 : sign * (8 + fraction) * 2 ** (exponent - 10);
  });
}

/**
 * The elements of a tensor as float32, as PyTorch's `.float()`: exact for float16, bfloat16, float8, bool and small
 * integers, rounded for float64 and large integers. A float32 tensor gives its own array, not a copy.
 *
 * @throws TorchWeightsError `not-real` for complex tensors.
 */
export function toFloat32({ dtype, data }: Pick<Tensor, 'dtype' | 'data'>): Float32Array {
  switch (dtype) {
    case 'float16':
      return decodeFloat16(data as Uint16Array);
    case 'bfloat16':
      return decodeBfloat16(data as Uint16Array);
    case 'float8_e4m3fn':
      return decodeFloat8E4m3fn(data as Uint8Array);
    case 'float8_e5m2':
      return decodeFloat8E5m2(data as Uint8Array);
    case 'complex64':
    case 'complex128':
      throw new TorchWeightsError(`A ${dtype} tensor has no float32 form.`, {
        code: 'not-real',
        remedy: 'Take the real and imaginary parts from its data.',
      });
    default:
      return castToFloat32(data);
  }
}
