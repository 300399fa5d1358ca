import {
  arrayClasses,
  bytesOf,
  decodeFloat16,
  encodeFloat16,
  numberTypeOf,
  swapByteOrder,
  viewElements,
  type NumberType,
  type TypedArray,
  elementCount,
} from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';
import { reorder } from './reorder.js';

/** Element types of NPY files, under numpy's names. */
export type NpyDtype = NumberType | 'bool' | 'float16' | 'complex64' | 'complex128';

/** An array as numpy stores it. */
export interface NpyArray {
  /**
   * Elements in C order (last axis fastest), whatever the order of the file. bool comes as 0 and 1 in a Uint8Array, float16
   * as a Float32Array (exact), complex as real and imaginary parts in turn.
   */
  data: TypedArray;
  dtype: NpyDtype;
  /** Sizes, slowest axis first; empty for a scalar. */
  shape: number[];
  /** True where the file holds the elements first axis fastest. */
  fortranOrder: boolean;
}

/** An array to write. */
export interface NpyInput {
  /** Elements in C order (last axis fastest), in the class that `NpyArray` gives for the dtype. */
  data: TypedArray;
  shape: readonly number[];
  /** Default: the type of the array class. */
  dtype?: NpyDtype;
  /** Store first axis fastest (default false). */
  fortranOrder?: boolean;
}

interface NpyLayout {
  /** The kind and size of numpy's type string. */
  descr: string;
  storage: NumberType;
  components: number;
}

const layouts: Record<NpyDtype, NpyLayout> = {
  bool: { descr: 'b1', storage: 'uint8', components: 1 },
  uint8: { descr: 'u1', storage: 'uint8', components: 1 },
  int8: { descr: 'i1', storage: 'int8', components: 1 },
  uint16: { descr: 'u2', storage: 'uint16', components: 1 },
  int16: { descr: 'i2', storage: 'int16', components: 1 },
  uint32: { descr: 'u4', storage: 'uint32', components: 1 },
  int32: { descr: 'i4', storage: 'int32', components: 1 },
  uint64: { descr: 'u8', storage: 'uint64', components: 1 },
  int64: { descr: 'i8', storage: 'int64', components: 1 },
  float16: { descr: 'f2', storage: 'uint16', components: 1 },
  float32: { descr: 'f4', storage: 'float32', components: 1 },
  float64: { descr: 'f8', storage: 'float64', components: 1 },
  complex64: { descr: 'c8', storage: 'float32', components: 2 },
  complex128: { descr: 'c16', storage: 'float64', components: 2 },
};

const dtypeOfDescr = new Map(Object.entries(layouts).map(([dtype, { descr }]) => [descr, dtype as NpyDtype]));

/** What a header says about the bytes behind it. */
export interface NpyHeader {
  dtype: NpyDtype;
  bigEndian: boolean;
  fortranOrder: boolean;
  shape: number[];
  dataBytes: number;
}

/** Finds the layout of a numpy type string such as `<f4`. */
export function describe(descr: unknown, shape: number[], fortranOrder: boolean, file: string): NpyHeader {
  const match = typeof descr === 'string' ? /^([<>|=])(.+)$/.exec(descr) : null;
  const dtype = match === null ? undefined : dtypeOfDescr.get(match[2]);
  if (match === null || dtype === undefined) {
    const isObject = typeof descr === 'string' && descr.endsWith('O');
    throw new VolumeIoError(
      isObject
        ? `${file} holds Python objects, which are pickles and are never executed.`
        : `${file} has elements of the type ${JSON.stringify(descr)}, which is not supported.`,
      {
        code: 'unsupported-dtype',
        remedy: 'Save it again as numbers or booleans of at most 64 bits (128 for complex).',
      },
    );
  }
  const { storage, components } = layouts[dtype];
  const dataBytes = shape.reduce(
    (product, size) => product * size,
    arrayClasses[storage].BYTES_PER_ELEMENT * components,
  );
  return { dtype, bigEndian: match[1] === '>', fortranOrder, shape, dataBytes };
}

/** Turns the bytes behind a header, which it takes over, into an array in C order. */
export function decodeElements({ dtype, bigEndian, fortranOrder, shape }: NpyHeader, bytes: Uint8Array): NpyArray {
  const { storage, components } = layouts[dtype];
  const elementBytes = arrayClasses[storage].BYTES_PER_ELEMENT;
  if (bigEndian) {
    swapByteOrder(bytes, elementBytes);
  }
  const stored = viewElements(storage, bytes, 0, bytes.byteLength / elementBytes);
  const ordered = fortranOrder ? reorder(stored, [...shape].reverse(), components) : stored;
  const data = dtype === 'float16' ? decodeFloat16(ordered as Uint16Array) : ordered;
  return { data, dtype, shape, fortranOrder };
}

/** The type string and the bytes to store, little-endian, in the order asked for. */
export function encodeElements({ data, shape, dtype = numberTypeOf(data), fortranOrder = false }: NpyInput) {
  const invalid = (message: string) =>
    new VolumeIoError(message, { code: 'invalid-volume', remedy: 'Correct the array that is to be written.' });
  const { descr, storage, components } = layouts[dtype];
  const carried = dtype === 'float16' ? 'float32' : storage;
  if (numberTypeOf(data) !== carried) {
    throw invalid(`Elements of ${dtype} must come as ${carried}, not as ${numberTypeOf(data)}.`);
  }
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw invalid(`The shape [${shape.join(', ')}] must be integers of at least 0.`);
  }
  const expected = elementCount(shape) * components;
  if (expected !== data.length) {
    throw invalid(`The shape [${shape.join(', ')}] asks for ${expected} numbers; the data has ${data.length}.`);
  }
  const stored = dtype === 'float16' ? encodeFloat16(data as Float32Array) : data;
  const ordered = fortranOrder ? reorder(stored, shape, components) : stored;
  const order = arrayClasses[storage].BYTES_PER_ELEMENT === 1 ? '|' : '<';
  return { descr: `${order}${descr}`, fortranOrder, shape, bytes: bytesOf(ordered) };
}
