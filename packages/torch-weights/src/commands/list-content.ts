import { DefaultDict, OrderedDict, PythonTuple } from '../python/containers.js';
import { NumpyArray, NumpyScalar } from '../python/numpy.js';
import type { PythonValue } from '../python/python-value.js';
import { PythonComplex, PythonSlice, TorchDevice, TorchDtypeValue } from '../python/scalars.js';
import { TorchTensor } from '../tensors/torch-tensor.js';

/** One value of a file, as `weights inspect` shows it. */
export interface ContentLine {
  /** Keys from the top, joined by slashes. */
  path: string;
  /** Such as `float32 [64, 3, 7, 7]`, `dict of 9`, `0.99`. */
  what: string;
}

/** Of strings and lists that are longer, only the length is shown. */
const maxCharacters = 60;

/** Lists what a file holds, dicts and lists of dicts opened; what occurs twice is opened once. */
export function* listContent(value: PythonValue, path = '', opened = new Set<PythonValue>()): Generator<ContentLine> {
  yield { path, what: describe(value) };
  const inner: Iterable<[PythonValue, PythonValue]> =
    value instanceof Map ? value : Array.isArray(value) && value.some(isContainer) ? [...value].entries() : [];
  // Python's own pickle nests no deeper than this; it keeps the recursion short.
  if (opened.has(value) || path.split('/').length > 200) {
    return;
  }
  opened.add(value);
  for (const [key, item] of inner) {
    yield* listContent(item, `${path}${path && '/'}${short(key)}`, opened);
  }
}

const isContainer = (value: PythonValue): boolean => value instanceof Map || value instanceof TorchTensor;

function describe(value: PythonValue): string {
  if (value instanceof TorchTensor) {
    const { dtype, shape, isParameter } = value;
    return `${dtype} [${shape.join(', ')}]${isParameter ? ' parameter' : ''}`;
  }
  if (value instanceof NumpyArray) {
    return `numpy ${value.dtype} [${value.shape.join(', ')}]`;
  }
  if (value instanceof Map) {
    const kind = value instanceof OrderedDict ? 'OrderedDict' : value instanceof DefaultDict ? 'defaultdict' : 'dict';
    return `${kind} of ${value.size}`;
  }
  return short(value);
}

/** On one line. */
function short(value: PythonValue): string {
  if (value === null) {
    return 'None';
  }
  if (typeof value === 'string') {
    return value.length > maxCharacters ? `string of ${value.length} characters` : value;
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  }
  if (value instanceof NumpyScalar) {
    return value.value instanceof PythonComplex ? short(value.value) : String(value.value);
  }
  if (value instanceof Uint8Array) {
    return `${value.length} bytes`;
  }
  if (value instanceof PythonComplex) {
    return `${value.real}+${value.imaginary}j`;
  }
  if (value instanceof PythonSlice) {
    return 'slice';
  }
  if (value instanceof TorchDevice) {
    return value.toString();
  }
  if (value instanceof TorchDtypeValue) {
    return `torch.${value.dtype}`;
  }
  if (value instanceof Set) {
    return `set of ${value.size}`;
  }
  if (!Array.isArray(value)) {
    return 'object';
  }
  const kind = value instanceof PythonTuple ? 'tuple' : 'list';
  if (value.length > 20 || value.some((item) => typeof item === 'object' && item !== null)) {
    return `${kind} of ${value.length}`;
  }
  const items = value.map(short).join(', ');
  if (items.length > maxCharacters) {
    return `${kind} of ${value.length}`;
  }
  return value instanceof PythonTuple ? `(${items})` : `[${items}]`;
}
