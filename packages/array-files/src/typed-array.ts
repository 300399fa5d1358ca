import { ArrayFilesError } from './errors.js';

/** Arrays of numbers that files hold; 64-bit integers are BigInt arrays so that no digit is lost. */
export type TypedArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** Element types with an array class of their own, under numpy's names. */
export type NumberType =
  'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'uint64' | 'int64' | 'float32' | 'float64';

/** The class of each element type. */
export const arrayClasses = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint64: BigUint64Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/**
 * The element type of an array: `Float32Array` gives `float32`. A clamped array counts as `uint8`.
 *
 * @throws ArrayFilesError `not-numbers` for anything else, such as a plain array.
 */
export function numberTypeOf(data: TypedArray | Uint8ClampedArray): NumberType {
  if (data instanceof Uint8ClampedArray) {
    return 'uint8';
  }
  for (const [type, arrayClass] of Object.entries(arrayClasses)) {
    if (data instanceof arrayClass) {
      return type as NumberType;
    }
  }
  throw new ArrayFilesError(`Numbers were given as ${kindOf(data)}, not as a typed array.`, {
    code: 'not-numbers',
    remedy: 'Give a typed array such as Uint8Array or Float32Array.',
  });
}

const kindOf = (data: unknown) =>
  data === null || typeof data !== 'object' ? String(data) : (Object.getPrototypeOf(data) as object).constructor.name;

/** Converts to float32 as nnU-Net's readers do; a 64-bit integer is rounded as a cast would. Float32 input is returned as it is. */
export function toFloat32(data: TypedArray): Float32Array {
  if (data instanceof Float32Array) {
    return data;
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return Float32Array.from(data, Number);
  }
  return Float32Array.from(data);
}

/** A view of `count` elements starting at `offset`; copies where the offset does not fit the element size. */
export function viewElements(type: NumberType, bytes: Uint8Array, offset: number, count: number): TypedArray {
  const arrayClass = arrayClasses[type];
  const start = bytes.byteOffset + offset;
  if (start % arrayClass.BYTES_PER_ELEMENT === 0) {
    return new arrayClass(bytes.buffer as ArrayBuffer, start, count);
  }
  return new arrayClass(bytes.slice(offset, offset + count * arrayClass.BYTES_PER_ELEMENT).buffer);
}

/** The bytes of an array in memory order, without a copy. */
export const bytesOf = (data: TypedArray | Uint8ClampedArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Reverses the bytes of every element in place. */
export function swapByteOrder(bytes: Uint8Array, elementBytes: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (elementBytes === 2) {
    buffer.swap16();
  } else if (elementBytes === 4) {
    buffer.swap32();
  } else if (elementBytes === 8) {
    buffer.swap64();
  }
}
