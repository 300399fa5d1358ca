import type { TorchDtype } from '../tensors/tensor.js';

/** The format's names of element types, in the order of its specification: widest alignment last, as its writer sorts. */
export const dtypeCodes = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  F8_E5M2: 'float8_e5m2',
  F8_E4M3: 'float8_e4m3fn',
  I16: 'int16',
  U16: 'uint16',
  F16: 'float16',
  BF16: 'bfloat16',
  I32: 'int32',
  U32: 'uint32',
  F32: 'float32',
  C64: 'complex64',
  F64: 'float64',
  I64: 'int64',
  U64: 'uint64',
} as const satisfies Record<string, TorchDtype>;

const codes = Object.keys(dtypeCodes) as (keyof typeof dtypeCodes)[];

/** The format's name of a dtype and its place in the order; undefined where the format has none (complex128). */
export function codeOfDtype(dtype: TorchDtype): { code: string; rank: number } | undefined {
  const rank = codes.findIndex((code) => dtypeCodes[code] === dtype);
  return rank === -1 ? undefined : { code: codes[rank], rank };
}
