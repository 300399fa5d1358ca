import { mutate, type Draw } from '@fractura/testing';
import { trapNumbers } from './traps.js';

/** Tags that readers use (TIFF 6.0): sizes, bits, compression, colours, strips, tiles, formats. */
const tags = [256, 257, 258, 259, 262, 273, 274, 277, 278, 279, 284, 317, 320, 322, 323, 324, 325, 338, 339, 34675];

/** A little-endian TIFF with changed values, types, counts or tags of its first directory; other files by their bytes. */
export function mutateTiff(sound: Uint8Array, draw: Draw): Uint8Array {
  const bytes = Buffer.from(sound);
  const directory = bytes.length < 8 ? 0 : bytes.readUInt32LE(4);
  if (bytes.readUInt16LE(0) !== 0x4949 || bytes.readUInt16LE(2) !== 42 || directory + 2 > bytes.length) {
    return mutate(sound, draw);
  }
  const entries = bytes.readUInt16LE(directory);
  for (let change = draw(3); change >= 0; change -= 1) {
    const entry = directory + 2 + 12 * draw(entries);
    if (entry + 12 > bytes.length) {
      continue;
    }
    switch (draw(6)) {
      case 0:
        bytes.writeUInt16LE(tags[draw(tags.length)], entry);
        break;
      case 1:
        bytes.writeUInt16LE(draw(20), entry + 2);
        break;
      case 2:
        bytes.writeUInt32LE(trapNumbers[draw(trapNumbers.length)], entry + 4);
        break;
      default:
        bytes.writeUInt32LE(trapNumbers[draw(trapNumbers.length)], entry + 8);
    }
  }
  return draw(4) === 0 ? mutate(bytes, draw) : bytes;
}
