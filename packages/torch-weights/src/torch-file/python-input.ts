import type { PythonValue } from '../python/python-value.js';
import type { TensorInput } from '../tensor.js';

/** What can be written: what can be read, tensors as they are for safetensors files, and plain objects as dicts. */
export type PythonInput = PythonValue | TensorInput | PythonInputList | PythonInputMap | PythonInputObject;

/** Becomes a list. */
export type PythonInputList = readonly PythonInput[];

/** Becomes a dict, or an OrderedDict if it is one. */
export type PythonInputMap = ReadonlyMap<PythonValue, PythonInput>;

/** Becomes a dict. */
export interface PythonInputObject {
  readonly [key: string]: PythonInput;
}
