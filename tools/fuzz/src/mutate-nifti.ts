import { gzipSync } from 'node:zlib';
import type { Draw } from '@fractura/testing';
import { mutateFields, type Field } from './mutate-fields.js';

/** nifti1.h: dim, intent_code, datatype, bitpix, pixdim, vox_offset, slope and intercept, units, codes, quaternion, affine. */
const fields: readonly Field[] = [
  ...Array.from({ length: 8 }, (_, i): Field => ({ at: 40 + 2 * i, type: 'uint16' })),
  ...[68, 70, 72, 123, 252, 254].map((at): Field => ({ at, type: 'uint16' })),
  ...Array.from({ length: 8 }, (_, i): Field => ({ at: 76 + 4 * i, type: 'float32' })),
  ...[108, 112, 116].map((at): Field => ({ at, type: 'float32' })),
  ...Array.from({ length: 18 }, (_, i): Field => ({ at: 256 + 4 * i, type: 'float32' })),
  { at: 348, type: 'uint32' },
];

/** A NIfTI-1 file with changed numbers in its header, compressed in one of two cases. */
export function mutateNifti(sound: Uint8Array, draw: Draw): Uint8Array {
  const mutated = mutateFields(sound, fields, draw);
  return draw(2) === 0 ? gzipSync(mutated) : mutated;
}
