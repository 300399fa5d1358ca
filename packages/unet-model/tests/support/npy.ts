import { readFileSync } from 'node:fs';

/** Reads a little-endian C-order .npy file of float32, float64 or integers as numbers. */
export function readNpy(path: string | URL): { data: Float32Array; shape: number[] } {
  const bytes = readFileSync(path);
  const headerLength = bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, 10 + headerLength);
  const type = /'descr': '[<|=]([a-z]\d)'/.exec(header)![1];
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)![1]
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const content = bytes.buffer.slice(bytes.byteOffset + 10 + headerLength, bytes.byteOffset + bytes.length);
  const arrays = {
    f4: Float32Array,
    f8: Float64Array,
    i1: Int8Array,
    u1: Uint8Array,
    i2: Int16Array,
    i4: Int32Array,
    i8: BigInt64Array,
  };
  const values = new arrays[type as keyof typeof arrays](content);
  return { data: Float32Array.from(values as ArrayLike<number | bigint>, Number), shape };
}
