import {
  DefaultDict,
  NumpyArray,
  NumpyScalar,
  OrderedDict,
  PythonComplex,
  PythonFrozenSet,
  PythonSlice,
  PythonTuple,
  toFloat32,
  TorchDevice,
  TorchDtypeValue,
  TorchSize,
  TorchTensor,
  type PythonValue,
} from '../../src/index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const numberJson = (value: number | bigint): Json => {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : { bigint: `${value}` };
  }
  if (Object.is(value, -0)) {
    return { float: '-0' };
  }
  return Number.isFinite(value) ? value : { float: String(value) };
};
const complexJson = (real: number, imaginary: number): Json => ({ complex: [numberJson(real), numberJson(imaginary)] });

const pairs = (values: ArrayLike<number | bigint>): Json[] =>
  Array.from({ length: values.length / 2 }, (_, i) => complexJson(Number(values[2 * i]), Number(values[2 * i + 1])));

function elementsJson({ dtype, data }: Pick<TorchTensor, 'dtype' | 'data'>): Json[] {
  if (dtype.startsWith('complex')) {
    return pairs(data);
  }
  if (dtype === 'bool') {
    return Array.from(data as Uint8Array, (value) => value !== 0);
  }
  const isReduced = /^(bfloat16|float16|float8)/.test(dtype);
  return Array.from(isReduced ? toFloat32({ dtype, data }) : (data as Float32Array), numberJson);
}

/** A value as the tree of the reference files; whole numbers are told as ints, JavaScript does not know better. */
export function describeValue(value: PythonValue, storages: string[] = []): Json {
  const each = (values: Iterable<PythonValue>) => Array.from(values, (item) => describeValue(item, storages));
  const sorted = (values: Iterable<PythonValue>) =>
    each(values).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null) {
    return { kind: 'none' };
  }
  if (typeof value === 'boolean') {
    return { kind: 'bool', value };
  }
  if (typeof value === 'string') {
    return { kind: 'str', value };
  }
  if (typeof value === 'bigint') {
    return { kind: 'int', value: numberJson(value) };
  }
  if (typeof value === 'number') {
    return { kind: Number.isInteger(value) ? 'int' : 'float', value: numberJson(value) };
  }
  if (value instanceof Uint8Array) {
    return { kind: 'bytes', value: [...value] };
  }
  if (value instanceof TorchSize) {
    return { kind: 'torch.Size', items: each(value) };
  }
  if (value instanceof PythonTuple) {
    return { kind: 'tuple', items: each(value) };
  }
  if (Array.isArray(value)) {
    return { kind: 'list', items: each(value) };
  }
  if (value instanceof Map) {
    const kind = value instanceof OrderedDict ? 'OrderedDict' : value instanceof DefaultDict ? 'defaultdict' : 'dict';
    return { kind, items: [...value].map((pair) => each(pair)) };
  }
  if (value instanceof Set) {
    return { kind: value instanceof PythonFrozenSet ? 'frozenset' : 'set', sorted_items: sorted(value) };
  }
  if (value instanceof PythonComplex) {
    return { kind: 'complex', value: complexJson(value.real, value.imaginary) };
  }
  if (value instanceof PythonSlice) {
    return { kind: 'slice', value: [value.start, value.stop, value.step] as Json[] };
  }
  if (value instanceof TorchDevice) {
    return { kind: 'torch.device', value: value.toString() };
  }
  if (value instanceof TorchDtypeValue) {
    return { kind: 'torch.dtype', value: value.dtype };
  }
  if (value instanceof NumpyScalar) {
    const { dtype, value: number } = value;
    return { kind: 'numpy_scalar', dtype, value: typeof number === 'boolean' ? number : numberJson(number as number) };
  }
  if (value instanceof NumpyArray) {
    const { dtype, shape, fortran, data } = value;
    return { kind: 'numpy_array', dtype, shape, fortran, values: elementsJson({ dtype: dtype as 'float32', data }) };
  }
  if (value instanceof TorchTensor) {
    const { storage, dtype, shape, view, requiresGrad } = value;
    if (!storages.includes(storage.key)) {
      storages.push(storage.key);
    }
    return {
      kind: 'tensor',
      class: value.isParameter ? 'Parameter' : 'Tensor',
      dtype,
      shape,
      stride: [...view.stride],
      storage_offset: view.offset,
      storage_id: storages.indexOf(storage.key),
      requires_grad: requiresGrad,
      values: elementsJson(value),
    };
  }
  throw new Error(`no kind for a ${value.constructor.name}`);
}
