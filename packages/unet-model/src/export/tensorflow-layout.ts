import { elementCount } from '@fractura/array-files';
import type { ExportedWeight } from './exported-weight.js';

/** A kernel in TensorFlow's layout. */
export interface LaidOut {
  shape: number[];
  data: Float32Array;
}

/** PyTorch's kernel `[out, in, ...spatial]` as TensorFlow's `[...spatial, in, out]`. */
export function channelsLast({ shape, data }: ExportedWeight): LaidOut {
  const [outputs, inputs, ...spatial] = shape;
  const positions = elementCount(spatial);
  const result = new Float32Array(data.length);
  for (let o = 0, from = 0; o < outputs; o += 1) {
    for (let i = 0; i < inputs; i += 1) {
      for (let p = 0; p < positions; p += 1) {
        result[(p * inputs + i) * outputs + o] = data[from++];
      }
    }
  }
  return { shape: [...spatial, inputs, outputs], data: result };
}

/** PyTorch's transposed kernel `[in, out, ...block]` as a matrix `[in, ...block x out]`. */
export function blocksLast(data: Float32Array, inputs: number, outputs: number, block: readonly number[]): LaidOut {
  const positions = elementCount(block);
  const result = new Float32Array(data.length);
  for (let i = 0, from = 0; i < inputs; i += 1) {
    for (let o = 0; o < outputs; o += 1) {
      for (let p = 0; p < positions; p += 1) {
        result[(i * positions + p) * outputs + o] = data[from++];
      }
    }
  }
  return { shape: [inputs, positions * outputs], data: result };
}
