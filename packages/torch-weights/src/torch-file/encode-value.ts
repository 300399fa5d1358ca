import { bytesOf } from '@fractura/array-files';
import { PythonFloat } from '@fractura/python-compat';
import { TorchWeightsError } from '../errors.js';
import { PickleWriter } from '../pickle/pickle-writer.js';
import { DefaultDict, OrderedDict, PythonFrozenSet, PythonTuple, TorchSize } from '../python/containers.js';
import { NumpyScalar } from '../python/numpy.js';
import { PythonComplex, PythonReference, PythonSlice, TorchDevice, TorchDtypeValue } from '../python/scalars.js';
import { completeTensor, type TensorInput } from '../tensors/tensor.js';
import { TensorEncoder } from './encode-tensor.js';
import { TorchTensor } from '../tensors/torch-tensor.js';

/** A pickle and the storages that it refers to, in the order of their keys from 0. */
export interface EncodedValue {
  pickle: Uint8Array;
  storages: Uint8Array[];
}

/** Deeper nesting is refused; Python's own pickle ends near here, too. */
const maxDepth = 500;

/**
 * Pickles a value as torch.save does.
 *
 * @param value a `PythonInput`; anything else is refused
 * @throws TorchWeightsError `invalid-value`, `invalid-tensor`
 */
export function encodeValue(value: unknown): EncodedValue {
  const encoder = new ValueEncoder();
  encoder.write(value, 'the value');
  return encoder.finish();
}

class ValueEncoder {
  readonly #writer = new PickleWriter();
  readonly #tensors = new TensorEncoder(this.#writer);
  /** Objects written before: they are written once and referred to. */
  readonly #remembered = new Map<object, number>();
  #level = 0;

  finish(): EncodedValue {
    return { pickle: this.#writer.finish(), storages: this.#tensors.storages.map(bytesOf) };
  }

  write(input: unknown, path: string): void {
    const writer = this.#writer;
    if (input === null) {
      writer.code('NONE');
    } else if (typeof input === 'boolean') {
      writer.code(input ? 'NEWTRUE' : 'NEWFALSE');
    } else if (typeof input === 'bigint') {
      writer.integer(input);
    } else if (typeof input === 'number') {
      this.#writeNumber(input);
    } else if (typeof input === 'string') {
      writer.text(input);
    } else if (typeof input === 'object') {
      this.#writeOnce(input, path);
    } else {
      throw unwritable(path, `a ${typeof input}`);
    }
  }

  /** -0 and what is beyond 2^53 are floats: as ints they would not come back. */
  #writeNumber(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.#writer.integer(value);
    } else {
      this.#writer.float(value);
    }
  }

  #writeOnce(input: object, path: string): void {
    const known = this.#remembered.get(input);
    if (known !== undefined) {
      this.#writer.recall(known);
      return;
    }
    this.#level += 1;
    if (this.#level > maxDepth) {
      throw unwritable(path, 'nested too deeply, or a tuple that contains itself');
    }
    this.#writeObject(input, path);
    this.#level -= 1;
    if (!this.#remembered.has(input)) {
      this.#remember(input);
    }
  }

  #remember(input: object): void {
    this.#remembered.set(input, this.#writer.remember());
  }

  #writeObject(input: object, path: string): void {
    const writer = this.#writer;
    if (input instanceof TorchTensor) {
      this.#tensors.write(completeTensor(path, input), input);
    } else if (input instanceof Uint8Array) {
      this.#writeBytes(input);
    } else if (input instanceof TorchSize) {
      writer.reduce('torch.Size', () => {
        this.#writeTuple(input, path);
      });
    } else if (input instanceof PythonTuple) {
      this.#writeTuple(input, path);
    } else if (Array.isArray(input)) {
      this.#writeList(input, path);
    } else if (input instanceof Map) {
      this.#writeDict(input, path, input);
    } else if (input instanceof Set) {
      this.#call(`__builtin__.${input instanceof PythonFrozenSet ? 'frozenset' : 'set'}`, [[...input]], path);
    } else if (input instanceof PythonFloat) {
      writer.float(input.value);
    } else if (input instanceof PythonComplex) {
      const parts = [new PythonFloat(input.real), new PythonFloat(input.imaginary)];
      this.#call('__builtin__.complex', parts, path);
    } else if (input instanceof PythonSlice) {
      this.#call('__builtin__.slice', [input.start, input.stop, input.step], path);
    } else if (input instanceof TorchDevice) {
      this.#call('torch.device', input.index === null ? [input.type] : [input.type, input.index], path);
    } else if (input instanceof TorchDtypeValue) {
      writer.global(`torch.${input.dtype}`);
    } else if (input instanceof PythonReference) {
      writer.global(input.qualifiedName);
    } else if (input instanceof NumpyScalar) {
      this.#writeNumpyScalar(input, path);
    } else if (isTensorInput(input)) {
      this.#tensors.write(completeTensor(path, input));
    } else if (isPlain(input)) {
      this.#writeDict(new Map(Object.entries(input)), path, input);
    } else {
      throw unwritable(path, `a ${input.constructor.name}`);
    }
  }

  #call(constructor: string, args: readonly unknown[], path: string): void {
    this.#writer.reduce(constructor, () => {
      for (const argument of args) {
        this.write(argument, path);
      }
    });
  }

  /** Protocol 2 has no bytes; Python 3 writes them as an encoded string. */
  #writeBytes(bytes: Uint8Array): void {
    this.#call('_codecs.encode', [Buffer.from(bytes).toString('latin1'), 'latin1'], '');
  }

  #writeTuple(tuple: PythonTuple, path: string): void {
    this.#writer.tuple(() => {
      tuple.forEach((item, i) => {
        this.write(item, `${path}[${i}]`);
      });
    });
  }

  #writeList(list: readonly unknown[], path: string): void {
    this.#writer.code('EMPTY_LIST');
    this.#remember(list);
    this.#writer.code('MARK');
    list.forEach((item, i) => {
      this.write(item, `${path}[${i}]`);
    });
    this.#writer.code('APPENDS');
  }

  #writeDict(dict: ReadonlyMap<unknown, unknown>, path: string, identity: object): void {
    const writer = this.#writer;
    if (dict instanceof OrderedDict) {
      this.#call('collections.OrderedDict', [], path);
    } else if (dict instanceof DefaultDict && dict.factory !== null) {
      const factory = dict.factory.replace(/^builtins\./, '__builtin__.');
      writer.reduce('collections.defaultdict', () => {
        writer.global(factory);
      });
    } else {
      writer.code('EMPTY_DICT');
    }
    this.#remember(identity);
    writer.code('MARK');
    for (const [key, item] of dict) {
      this.write(key, `a key of ${path}`);
      this.write(item, `${path}[${typeof key === 'string' ? JSON.stringify(key) : '...'}]`);
    }
    writer.code('SETITEMS');
    if (dict instanceof OrderedDict && dict.attributes) {
      this.write(dict.attributes, `the attributes of ${path}`);
      writer.code('BUILD');
    }
  }

  /** As Python's own number, which every PyTorch loads; numpy's scalars are refused where weights alone are trusted. */
  #writeNumpyScalar({ dtype, value }: NumpyScalar, path: string): void {
    if (typeof value === 'number' && dtype.startsWith('float')) {
      this.#writer.float(value);
    } else {
      this.write(value, path);
    }
  }
}

const isTensorInput = (value: object): value is TensorInput =>
  'shape' in value && 'data' in value && Array.isArray(value.shape) && ArrayBuffer.isView(value.data);

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const unwritable = (path: string, what: string) =>
  new TorchWeightsError(`A PyTorch file cannot hold ${path}: it is ${what}.`, {
    code: 'invalid-value',
    remedy: 'Give numbers, strings, bytes, tensors, lists, Maps and plain objects; for numpy arrays give tensors.',
  });
