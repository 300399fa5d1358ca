import { mutate, type Draw } from '@fractura/testing';
import { trapNumbers } from './traps.js';

/** A number of a header: where it lies, and how it is stored. */
export interface Field {
  at: number;
  type: 'uint16' | 'uint32' | 'float32';
}

const trapFloats = [0, -1, 0.001, 1e9, 1e-30, 3e38, NaN, Infinity, -Infinity];

/** A copy with one to three little-endian numbers of its header changed, and at times some bytes. */
export function mutateFields(sound: Uint8Array, fields: readonly Field[], draw: Draw): Uint8Array {
  const bytes = Buffer.from(sound);
  for (let change = draw(3); change >= 0; change -= 1) {
    const { at, type } = fields[draw(fields.length)];
    const number = trapNumbers[draw(trapNumbers.length)];
    if (at + 4 > bytes.length) {
      continue;
    }
    if (type === 'float32') {
      bytes.writeFloatLE(draw(2) === 0 ? number : trapFloats[draw(trapFloats.length)], at);
    } else if (type === 'uint32') {
      bytes.writeUInt32LE(number, at);
    } else {
      bytes.writeUInt16LE(number % 65536, at);
    }
  }
  return draw(6) === 0 ? mutate(bytes, draw) : bytes;
}
