/**
 * What can be written, as with `JSON.stringify` checked when it is: every `PythonValue`; tensors as `TensorInput`; arrays
 * (lists), Maps and plain objects (dicts) of these.
 */
export type PythonInput = object | string | number | bigint | boolean | null;
