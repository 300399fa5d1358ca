import { DefaultDict, OrderedDict, PythonFrozenSet, PythonTuple } from '../python/containers.js';
import type { PythonValue } from '../python/python-value.js';
import { PythonComplex, PythonSlice } from '../python/scalars.js';
import { instance, items, text, tuple, ArgumentMismatch } from './expect.js';
import { Constructor, isTool, type PickleValue } from './pickle-value.js';

type Build = Constructor['build'];

const numberOf = (value: PickleValue | undefined): number => {
  if (typeof value === 'number') {
    return value;
  }
  throw new ArgumentMismatch('a number is expected');
};

const dataOf = (value: PickleValue | undefined): PythonValue => {
  if (value === undefined || isTool(value)) {
    throw new ArgumentMismatch('data is expected');
  }
  return value;
};

/** The items that a container is made of; none where it is made empty. */
const given = ([value]: PickleValue[]): PythonValue[] => (value === undefined ? [] : items(value).map(dataOf));

/** str.encode by the one codec that pickles of bytes use in protocol 2. */
function encode([value, codec]: PickleValue[]): Uint8Array {
  const characters = text(value);
  if (text(codec) !== 'latin1') {
    throw new ArgumentMismatch('the codec is not latin1');
  }
  const encoded = Buffer.from(characters, 'latin1');
  if (encoded.toString('latin1') !== characters) {
    throw new ArgumentMismatch('a character is beyond latin1');
  }
  return new Uint8Array(encoded);
}

function orderedDict([pairs]: PickleValue[]): OrderedDict {
  const dict = new OrderedDict();
  for (const pair of pairs === undefined ? [] : items(pairs)) {
    const [key, value] = Array.isArray(pair) ? pair : tuple(pair);
    dict.set(dataOf(key), dataOf(value));
  }
  return dict;
}

function defaultDict([factory]: PickleValue[]): DefaultDict {
  const dict = new DefaultDict();
  if (factory !== undefined && factory !== null) {
    dict.factory = instance(factory, Constructor).name;
  }
  return dict;
}

const builtins: Record<string, Build> = {
  set: (args) => new Set(given(args)),
  frozenset: (args) => new PythonFrozenSet(given(args)),
  list: (args) => given(args),
  tuple: (args) => PythonTuple.over(given(args)),
  dict: (args) => (args.length === 0 ? new Map() : new Map(orderedDict(args))),
  bytes: (args) => (args.length === 0 ? new Uint8Array(0) : instance(args[0], Uint8Array)),
  bytearray: (args) =>
    args.length === 0 ? new Uint8Array(0) : args.length === 2 ? encode(args) : instance(args[0], Uint8Array),
  complex: ([real, imaginary]) => new PythonComplex(numberOf(real), numberOf(imaginary)),
  slice: ([start, stop, step]) => new PythonSlice(dataOf(start), dataOf(stop), dataOf(step)),
};

/** Python's own types and containers, under both names of the module of built-ins. */
export const pythonConstructors: ReadonlyMap<string, PickleValue> = new Map<string, PickleValue>([
  ...Object.entries(builtins).flatMap(([name, build]) => {
    const constructor = new Constructor(`builtins.${name}`, build);
    return ['builtins', '__builtin__'].map((module): [string, PickleValue] => [`${module}.${name}`, constructor]);
  }),
  ['collections.OrderedDict', new Constructor('collections.OrderedDict', orderedDict)],
  ['collections.defaultdict', new Constructor('collections.defaultdict', defaultDict)],
  ['_codecs.encode', new Constructor('_codecs.encode', encode)],
]);
