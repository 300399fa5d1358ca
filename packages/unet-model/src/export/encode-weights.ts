import { bytesOf, encodeFloat16 } from '@fractura/array-files';
import type { TypedArray } from '@fractura/array-files';

/** A tensor to write. */
export interface WeightToEncode {
  name: string;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  data: Float32Array | Int32Array;
}

/** An entry of a TensorFlow.js manifest of weights; the tensors' bytes follow each other in its order. */
export interface EncodedWeight {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32';
  /** Stored in float16, which `tf.io.decodeWeights` makes float32 again. */
  quantization?: { dtype: 'float16'; original_dtype: 'float32' };
}

/** How kernels are stored. */
export const kernelTypes = ['float32', 'float16'] as const;
export type KernelType = (typeof kernelTypes)[number];

/**
 * Weights as TensorFlow.js stores them. In float16 are kernels only (two axes or more), rounded to nearest, and those not that hold
 * a number beyond float16's 65504: norms and biases are few, and small numbers in them matter.
 */
export function encodeWeights(
  tensors: readonly WeightToEncode[],
  kernels: KernelType = 'float32',
): { weights: EncodedWeight[]; bytes: Uint8Array } {
  const weights: EncodedWeight[] = [];
  const parts: Uint8Array[] = [];
  for (const { name, shape, dtype, data } of tensors) {
    const weight: EncodedWeight = { name, shape: [...shape], dtype };
    let stored: TypedArray = data;
    if (kernels === 'float16' && dtype === 'float32' && shape.length > 1 && data.every(fitsFloat16)) {
      weight.quantization = { dtype: 'float16', original_dtype: 'float32' };
      stored = encodeFloat16(data);
    }
    weights.push(weight);
    parts.push(bytesOf(stored));
  }
  return { weights, bytes: Buffer.concat(parts) };
}

const fitsFloat16 = (value: number): boolean => Math.abs(value) < 65520;
