import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** What is used of tfjs-node's backend. */
interface NativeBackend {
  binding: Record<
    'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_INT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_FLOAT',
    number
  >;
  executeMultipleOutputs: (name: string, attributes: object[], inputs: Tensor[], outputs: number) => Tensor[];
}

/** Attributes of a TensorFlow operation by kind; the types T and U, where wanted, are float32. */
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
