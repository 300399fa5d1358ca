import type { Draw } from '@fractura/testing';
import { mutateFields, type Field } from './mutate-fields.js';

/** BITMAPFILEHEADER and BITMAPINFOHEADER: sizes, offset, width, height, planes, bits, compression, colours. */
const fields: readonly Field[] = [
  ...[2, 10, 14, 18, 22, 30, 34, 46, 50].map((at): Field => ({ at, type: 'uint32' })),
  { at: 26, type: 'uint16' },
  { at: 28, type: 'uint16' },
];

/** A BMP with changed numbers in its headers. */
export const mutateBmp = (sound: Uint8Array, draw: Draw): Uint8Array => mutateFields(sound, fields, draw);
