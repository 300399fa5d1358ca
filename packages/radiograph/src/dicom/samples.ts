import type { PixelDescription } from './pixel-description.js';

/** Samples as they come out of a packing: unsigned, whatever they mean. */
export type RawSamples = Uint8Array | Uint16Array | Uint32Array;

/** Samples with their signs. */
export type Samples = RawSamples | Int8Array | Int16Array | Int32Array;

/** An array of zeros for unsigned samples of so many bytes. */
export function rawSamples(bytes: number, count: number): RawSamples {
  return new ([Uint8Array, Uint16Array, Uint32Array][Math.ceil(Math.log2(bytes))] as Uint8ArrayConstructor)(count);
}

/**
 * The stored values: of each sample the bits up to the high bit, with a sign where there is one. What overlays of old files keep in
 * the other bits goes.
 */
export function storedValues(
  raw: RawSamples,
  { bitsStored, highBit, signed }: Pick<PixelDescription, 'bitsStored' | 'highBit' | 'signed'>,
): Samples {
  const bits = 8 * raw.BYTES_PER_ELEMENT;
  const above = bits - Math.min(bits, highBit + 1);
  const unused = bits - Math.min(bits, bitsStored);
  if (unused === 0 && !signed) {
    return raw;
  }
  const { length } = raw;
  const left = 32 - bits + above;
  const right = 32 - bits + unused;
  const values = signed
    ? new signedArrays[raw.BYTES_PER_ELEMENT as 1 | 2 | 4](length)
    : new (raw.constructor as Uint8ArrayConstructor)(length);
  for (let i = 0; i < length; i += 1) {
    const shifted = raw[i] << left;
    values[i] = signed ? shifted >> right : shifted >>> right;
  }
  return values;
}

const signedArrays = { 1: Int8Array, 2: Int16Array, 4: Int32Array } as const;
