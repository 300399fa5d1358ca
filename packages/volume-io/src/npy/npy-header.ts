import { VolumeIoError } from '../errors.js';
import { describe, type NpyHeader } from './npy-array.js';

const magic = '\x93NUMPY';

const damaged = (file: string, what: string) =>
  new VolumeIoError(`${file} is not a valid NPY file: ${what}.`, {
    code: 'invalid-npy',
    remedy: 'Save it again with numpy.save, or copy it again.',
  });

/** Bytes to read before the header's length is known. */
export const preambleBytes = 12;

/** Where the dictionary lies, from the magic, the version and the length (16 bits in version 1, 32 in 2 and 3). */
export function parsePreamble(bytes: Uint8Array, file: string): { start: number; end: number } {
  if (bytes.byteLength < 10 || String.fromCharCode(...bytes.subarray(0, 6)) !== magic) {
    throw damaged(file, 'it does not begin with "\\x93NUMPY"');
  }
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw damaged(file, `its version is ${version}, not 1 to 3`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (version === 1) {
    return { start: 10, end: 10 + view.getUint16(8, true) };
  }
  if (bytes.byteLength < 12) {
    throw damaged(file, 'it is cut off');
  }
  return { start: 12, end: 12 + view.getUint32(8, true) };
}

/** Reads the Python dictionary with exactly the keys descr, fortran_order and shape, in any order. */
export function parseDictionary(bytes: Uint8Array, file: string): NpyHeader {
  const text = new TextDecoder('latin1').decode(bytes).trim();
  const value = (key: string, pattern: string) =>
    new RegExp(`['"]${key}['"]\\s*:\\s*${pattern}\\s*[,}]`).exec(text)?.[1];
  const shape = value('shape', '\\(([^()]*)\\)');
  const order = value('fortran_order', '(True|False)');
  const descr = value('descr', `(?:'([^']*)'|"[^"]*")`) ?? value('descr', '(\\[.*\\])');
  if (!text.startsWith('{') || shape === undefined || order === undefined || descr === undefined) {
    throw damaged(file, `its header is ${JSON.stringify(text.slice(0, 100))}`);
  }
  const sizes = shape
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '');
  if (!sizes.every((size) => /^\d+L?$/.test(size))) {
    throw damaged(file, `its shape is (${shape})`);
  }
  return describe(
    descr,
    sizes.map((size) => parseInt(size, 10)),
    order === 'True',
    file,
  );
}

/** numpy leaves room for the slowest axis to grow to this many digits (format.py). */
const growthAxisDigits = 21;

/** The front of a file, byte for byte as numpy writes it: version 1 where it suffices, the data aligned to 64 bytes. */
export function encodeNpyHeader(descr: string, fortranOrder: boolean, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const growthAxis = fortranOrder ? shape.at(-1) : shape[0];
  const room = growthAxis === undefined ? 0 : growthAxisDigits - String(growthAxis).length;
  const order = fortranOrder ? 'True' : 'False';
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }${' '.repeat(room)}`;
  const version = text.length + 65 > 65535 ? 2 : 1;
  const front = version === 1 ? 10 : 12;
  const padding = 64 - ((front + text.length + 1) % 64);
  const header = Buffer.from(
    `${magic}${String.fromCharCode(version)}\0${'\0'.repeat(front - 8)}${text}${' '.repeat(padding)}\n`,
    'latin1',
  );
  if (version === 1) {
    header.writeUInt16LE(header.byteLength - front, 8);
  } else {
    header.writeUInt32LE(header.byteLength - front, 8);
  }
  return header;
}
