import type { Draw } from '@fractura/testing';
import { mutateFields, type Field } from './mutate-fields.js';

/** Where the first element lies: after the preamble and `DICM`. */
const firstElement = 132;

/** Value representations with lengths of 32 bits (PS3.5, table 7.1-1). */
const long = ['OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT'];

/** A file of explicit VR, little endian, with changed tags, VRs, lengths and numbers of its elements. */
export function mutateDicom(sound: Uint8Array, draw: Draw): Uint8Array {
  const changed = mutateFields(sound, fieldsOf(Buffer.from(sound)), draw);
  return draw(8) === 0 ? changed.subarray(0, draw(changed.length)) : changed;
}

/** The group, the element, the VR, the length and the first value of each element. */
function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = firstElement; at + 12 <= bytes.length;) {
    const isLong = long.includes(bytes.toString('latin1', at + 4, at + 6));
    const head = isLong ? 12 : 8;
    const length = isLong ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6);
    fields.push({ at, type: 'uint16' }, { at: at + 2, type: 'uint16' }, { at: at + 4, type: 'uint16' });
    fields.push(isLong ? { at: at + 8, type: 'uint32' } : { at: at + 6, type: 'uint16' });
    if (!isLong && length >= 2) {
      fields.push({ at: at + head, type: 'uint16' });
    }
    at += head + length;
  }
  return fields;
}
