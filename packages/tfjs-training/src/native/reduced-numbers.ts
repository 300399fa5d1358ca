import * as tf from '@tensorflow/tfjs';
import type { DataId, Tensor } from '@tensorflow/tfjs';

import type { Precision } from '../precision/precision.js';

/** An attribute of a TensorFlow operation. */
export interface OperationAttribute {
  name: string;
  type: number;
  value: unknown;
}

interface OutputMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** What is used of tfjs-node's binding to the library. */
type Binding = Record<
  | 'TF_ATTR_TYPE'
  | 'TF_ATTR_FLOAT'
  | 'TF_ATTR_INT'
  | 'TF_ATTR_BOOL'
  | 'TF_ATTR_STRING'
  | 'TF_FLOAT'
  | 'TF_INT32'
  | 'TF_BOOL',
  number
> & {
  executeOp: (name: string, attributes: OperationAttribute[], ids: number[], outputs: number) => OutputMetadata[];
  tensorDataSync: (id: number) => Float32Array;
  deleteTensor: (id: number) => void;
};

/** What is used of tfjs-node's backend. */
export interface NativeBackend {
  binding: Binding;
  tensorMap: {
    get: (id: DataId) => { dtype: number; id: number; values: unknown };
    set: (id: DataId, data: object) => void;
    has: (id: DataId) => boolean;
  };
  getInputTensorIds: (inputs: Tensor[]) => number[];
  createOutputTensor: (metadata: OutputMetadata) => Tensor;
  executeSingleOutput: (name: string, attributes: OperationAttribute[], inputs: Tensor[]) => Tensor;
  executeMultipleOutputs: (
    name: string,
    attributes: OperationAttribute[],
    inputs: Tensor[],
    outputs: number,
  ) => Tensor[];
  readSync: (id: DataId) => unknown;
}

/** TensorFlow's numbers of the types (`tensorflow/c/tf_datatype.h`). */
const typeNumbers: Record<Precision, number> = { float32: 1, bfloat16: 14, float16: 19 };
const isReduced = (type: number) => type === typeNumbers.bfloat16 || type === typeNumbers.float16;

const marked = Symbol('supports reduced numbers');

/**
 * Lets tfjs-node's backend hold bfloat16 and float16 tensors, which TensorFlow.js has no name for: they are labelled float32,
 * and the backend looks at what they really are.
 *
 * `tf.*` then computes with them: in their type when all inputs have it or are numbers, else in float32, as PyTorch promotes.
 * Reading them gives float32 values.
 */
export function supportReducedNumbers(given: object): void {
  const backend = given as NativeBackend & { [marked]?: true };
  if (backend[marked]) {
    return;
  }
  backend[marked] = true;
  const { binding, tensorMap } = backend;
  const createOutputTensor = backend.createOutputTensor.bind(backend);
  const readSync = backend.readSync.bind(backend);

  backend.createOutputTensor = ({ id, shape, dtype }) => {
    if (!isReduced(dtype)) {
      return createOutputTensor({ id, shape, dtype });
    }
    const dataId = {};
    tensorMap.set(dataId, { id, shape, dtype, values: null, refCount: 1 });
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype: 'float32' });
  };
  backend.executeMultipleOutputs = (name, attributes, inputs, outputs) => {
    const ids = backend.getInputTensorIds(inputs);
    const fitting = fitTypes(backend, attributes, inputs, ids);
    try {
      return binding
        .executeOp(name, fitting.attributes, fitting.ids, outputs)
        .map((metadata) => backend.createOutputTensor(metadata));
    } finally {
      for (const id of fitting.made) {
        binding.deleteTensor(id);
      }
    }
  };
  backend.executeSingleOutput = (name, attributes, inputs) =>
    backend.executeMultipleOutputs(name, attributes, inputs, 1)[0];
  backend.readSync = (dataId) => {
    const data = tensorMap.has(dataId) ? tensorMap.get(dataId) : undefined;
    if (!data || !isReduced(data.dtype)) {
      return inThisRealm(readSync(dataId));
    }
    const id = castId(binding, data.id, data.dtype, typeNumbers.float32);
    const values = binding.tensorDataSync(id);
    binding.deleteTensor(id);
    return inThisRealm(values);
  };
}

const arrays: Record<string, new (buffer: ArrayBufferLike, offset: number, length: number) => ArrayBufferView> = {
  Float32Array,
  Int32Array,
  Uint8Array,
};

/** The same memory in an array of this realm, so that `instanceof` holds: inside Jest, native code makes arrays of another one. */
function inThisRealm(values: unknown): unknown {
  if (!ArrayBuffer.isView(values)) {
    return values;
  }
  const own = Object.hasOwn(arrays, values.constructor.name) ? arrays[values.constructor.name] : undefined;
  if (own === undefined || values instanceof own) {
    return values;
  }
  const { buffer, byteOffset, length } = values as Float32Array;
  return new own(buffer, byteOffset, length);
}

/** What the numbers of a tensor on the native engine really are. */
export function nativePrecisionOf({ dataId }: Tensor): Precision {
  const { tensorMap } = tf.backend() as unknown as NativeBackend;
  const type = tensorMap.has(dataId) ? tensorMap.get(dataId).dtype : typeNumbers.float32;
  return type === typeNumbers.bfloat16 ? 'bfloat16' : type === typeNumbers.float16 ? 'float16' : 'float32';
}

/** A copy of a float tensor in another type of number. */
export function castNative(x: Tensor, to: Precision): Tensor {
  const backend = tf.backend() as unknown as NativeBackend;
  const from = backend.tensorMap.get(x.dataId).dtype;
  const id = castId(backend.binding, backend.getInputTensorIds([x])[0], from, typeNumbers[to]);
  return backend.createOutputTensor({ id, shape: x.shape, dtype: typeNumbers[to] });
}

function castId(binding: Binding, id: number, from: number, to: number): number {
  const attributes = [
    { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: from },
    { name: 'DstT', type: binding.TF_ATTR_TYPE, value: to },
    { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
  ];
  return binding.executeOp('Cast', attributes, [id], 1)[0].id;
}

/** The attributes and inputs with one type of number; `made` are the copies that this took. */
function fitTypes(
  { binding, tensorMap }: NativeBackend,
  attributes: OperationAttribute[],
  inputs: Tensor[],
  ids: number[],
): { attributes: OperationAttribute[]; ids: number[]; made: number[] } {
  const types = inputs.map(({ dataId }) => (tensorMap.has(dataId) ? tensorMap.get(dataId).dtype : undefined));
  const reduced = types.find((type) => type !== undefined && isReduced(type));
  if (reduced === undefined) {
    return { attributes, ids, made: [] };
  }

  // Operations with a second type U, as the norms, take float32 parameters beside reduced activations by themselves.
  const hasOwnRule = attributes.some(({ name }) => name === 'U');
  const mixes = types.some((type, i) => type !== undefined && type !== reduced && isFloat(type) && inputs[i].rank > 0);
  const common = mixes && !hasOwnRule ? typeNumbers.float32 : reduced;
  const made: number[] = [];
  const fittingIds = ids.map((id, i) => {
    const type = types[i];
    if (hasOwnRule || type === undefined || !isFloat(type) || type === common) {
      return id;
    }
    const cast = castId(binding, id, type, common);
    made.push(cast);
    return cast;
  });
  const fittingAttributes = attributes.map((attribute) =>
    attribute.name === 'T' && attribute.value === typeNumbers.float32 ? { ...attribute, value: common } : attribute,
  );
  return { attributes: fittingAttributes, ids: fittingIds, made };
}

const isFloat = (type: number) => type === typeNumbers.float32 || isReduced(type);
