import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import type { NativeBackend } from '../../native/reduced-numbers.js';

/** Attributes of a TensorFlow operation by kind. The type U, where wanted, is float32; T is that of the first input's numbers. */
export interface Attributes {
  types?: readonly string[];
  floats?: Record<string, number>;
  integers?: Record<string, number | number[]>;
  booleans?: Record<string, boolean>;
  strings?: Record<string, string>;
}

/** Runs one TensorFlow operation on the native engine. */
export function execute(
  name: string,
  inputs: Tensor[],
  { types = ['T'], floats = {}, integers = {}, booleans = {}, strings = {} }: Attributes = {},
  outputs = 1,
): Tensor[] {
  const backend = tf.backend() as unknown as NativeBackend;
  const { binding } = backend;
  const list = (type: number, values: Record<string, unknown>) =>
    Object.entries(values).map(([key, value]) => ({ name: key, type, value }));
  const attributes = [
    ...types.map((key) => ({ name: key, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT })),
    ...list(binding.TF_ATTR_FLOAT, floats),
    ...list(binding.TF_ATTR_INT, integers),
    ...list(binding.TF_ATTR_BOOL, booleans),
    ...list(binding.TF_ATTR_STRING, strings),
  ];
  return backend.executeMultipleOutputs(name, attributes, inputs, outputs);
}
