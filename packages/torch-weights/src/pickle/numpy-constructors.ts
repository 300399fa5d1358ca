import {
  decodeFloat16,
  swapByteOrder,
  viewElements,
  elementCount,
  type NumberType,
  type TypedArray,
} from '@fractura/array-files';
import { NumpyArray, NumpyDtype, NumpyScalar } from '../python/numpy.js';
import { PythonComplex } from '../python/scalars.js';
import { copyStrided, fortranStrides } from '../tensors/strides.js';
import { bytes, counts, instance, text, tuple, ArgumentMismatch } from './expect.js';
import { Constructor, type PickleValue } from './pickle-value.js';

interface Layout {
  name: string;
  storage: NumberType;
  components: 1 | 2;
  /** Bytes an element takes. */
  size: number;
}

const layout = (name: string, storage: NumberType, size: number, components: 1 | 2 = 1): Layout => ({
  name,
  storage,
  components,
  size,
});

/** numpy's element types of numbers, by its short codes. */
const layouts: ReadonlyMap<string, Layout> = new Map([
  ['b1', layout('bool', 'uint8', 1)],
  ['i1', layout('int8', 'int8', 1)],
  ['i2', layout('int16', 'int16', 2)],
  ['i4', layout('int32', 'int32', 4)],
  ['i8', layout('int64', 'int64', 8)],
  ['u1', layout('uint8', 'uint8', 1)],
  ['u2', layout('uint16', 'uint16', 2)],
  ['u4', layout('uint32', 'uint32', 4)],
  ['u8', layout('uint64', 'uint64', 8)],
  ['f2', layout('float16', 'uint16', 2)],
  ['f4', layout('float32', 'float32', 4)],
  ['f8', layout('float64', 'float64', 8)],
  ['c8', layout('complex64', 'float32', 8, 2)],
  ['c16', layout('complex128', 'float64', 16, 2)],
]);

function layoutOf({ code }: NumpyDtype): Layout {
  const found = layouts.get(code);
  if (!found) {
    throw new ArgumentMismatch(`numpy's element type ${code} is not supported`);
  }
  return found;
}

function elementsOf(dtype: NumpyDtype, raw: Uint8Array, elements: number): TypedArray {
  const { storage, components, size } = layoutOf(dtype);
  if (raw.byteLength !== elements * size) {
    throw new ArgumentMismatch(`${elements} elements of ${dtype.code} cannot be read from ${raw.byteLength} bytes`);
  }
  const copy = raw.slice();
  if (dtype.byteOrder === '>') {
    swapByteOrder(copy, size / components);
  }
  return viewElements(storage, copy, 0, elements * components);
}

function dtype([code]: PickleValue[]): NumpyDtype {
  return new NumpyDtype(text(code));
}

function scalar([type, raw]: PickleValue[]): NumpyScalar {
  const dtype = instance(type, NumpyDtype);
  const { name, components } = layoutOf(dtype);
  const data = elementsOf(dtype, bytes(raw), 1);
  const value = data[0];
  if (name === 'bool') {
    return new NumpyScalar(name, value !== 0);
  }
  if (name === 'float16') {
    return new NumpyScalar(name, decodeFloat16(data as Uint16Array)[0]);
  }
  return new NumpyScalar(name, components === 2 ? new PythonComplex(Number(value), Number(data[1])) : value);
}

function fill(array: NumpyArray, type: NumpyDtype, shape: number[], raw: Uint8Array, fortran: boolean): NumpyArray {
  const { name, components } = layoutOf(type);
  const data = elementsOf(type, raw, elementCount(shape));
  array.dtype = name;
  array.shape = shape;
  array.fortran = fortran;
  array.data = fortran ? copyStrided(data, shape, { offset: 0, stride: fortranStrides(shape) }, components) : data;
  return array;
}

/** What numpy's `__setstate__` does. @returns false for a value that is not numpy's */
export function setNumpyState(target: PickleValue, state: PickleValue): boolean {
  if (target instanceof NumpyDtype) {
    const [, byteOrder] = tuple(state);
    if (byteOrder !== '<' && byteOrder !== '>' && byteOrder !== '|' && byteOrder !== '=') {
      throw new ArgumentMismatch('a byte order is expected');
    }
    target.byteOrder = byteOrder === '=' ? '<' : byteOrder;
    return true;
  }
  if (target instanceof NumpyArray) {
    const [, shape, type, fortran, raw] = tuple(state);
    fill(target, instance(type, NumpyDtype), counts(shape), bytes(raw), fortran === true);
    return true;
  }
  return false;
}

/** Protocol 5's way: bytes, type, shape and order. */
function fromBuffer([raw, type, shape, order]: PickleValue[]): NumpyArray {
  return fill(new NumpyArray(), instance(type, NumpyDtype), counts(shape), bytes(raw), order === 'F');
}

const refuseCall = (): never => {
  throw new ArgumentMismatch('numpy.ndarray may be named but not called');
};

/** numpy's constructors of scalars and arrays, under the module names of numpy 1 and 2. */
export const numpyConstructors: ReadonlyMap<string, PickleValue> = new Map<string, PickleValue>([
  ['numpy.dtype', new Constructor('numpy.dtype', dtype)],
  ['numpy.ndarray', new Constructor('numpy.ndarray', refuseCall)],
  ...['numpy.core', 'numpy._core'].flatMap((module): [string, PickleValue][] => [
    [`${module}.multiarray.scalar`, new Constructor(`${module}.multiarray.scalar`, scalar)],
    [`${module}.multiarray._reconstruct`, new Constructor(`${module}.multiarray._reconstruct`, () => new NumpyArray())],
    [`${module}.numeric._frombuffer`, new Constructor(`${module}.numeric._frombuffer`, fromBuffer)],
  ]),
]);
