import { expect } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

import { composed, differentiate, infer, type Precision } from '@fractura/tfjs-training';
import { seededTensor } from '../seeded-tensor.js';

/** One operation on given inputs, and the plain `tf.*` composition it must equal. */
export interface Case {
  inputs: number[][];
  ours: (...inputs: Variable[]) => Tensor;
  plain: (...inputs: Tensor[]) => Tensor;
}

/** On which backend an operation is run, in which precision, and how near it must come. */
export interface Comparison {
  backend: string;
  precision?: Precision;
  tolerance?: number;
}

/**
 * Value of the operation on an engine and the gradients of a weighted sum of it, against the plain composition on the CPU
 * backend, the one whose kernels are written out; and how many tensors ours leaves behind.
 */
export async function compare(
  { inputs, ours, plain }: Case,
  { backend, precision = 'float32', tolerance = 1e-4 }: Comparison,
): Promise<void> {
  const variables = inputs.map((shape, i) => tf.variable(seededTensor(shape, i + 1)));
  const weightsFor = (y: Tensor): Tensor => seededTensor(y.shape, 99);

  await tf.setBackend('cpu');
  const expectedValue = plain(...variables);
  const expectedGradients = tf.grads((...xs: Tensor[]) => {
    const y = plain(...xs);
    return tf.sum(tf.mul(y, weightsFor(y)));
  })(variables);

  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  if (precision === 'float32') {
    const forward = infer(() => ours(...variables));
    expectClose(forward, expectedValue, tolerance);
    forward.dispose();
  }
  const { value, gradients } = differentiate(
    () => {
      const output = ours(...variables);
      expectClose(output, expectedValue, tolerance);
      return composed([output], (y) => tf.sum(tf.mul(y, weightsFor(y)))) as Scalar;
    },
    variables,
    { precision },
  );
  gradients.forEach((gradient, i) => {
    expectClose(gradient!, expectedGradients[i], tolerance);
  });
  tf.dispose([value, ...gradients] as Tensor[]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([expectedValue, ...expectedGradients, ...variables]);
}

function expectClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  const a = actual.dataSync<'float32'>();
  const b = expected.dataSync<'float32'>();
  const scale = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
  expect(Number.isFinite(worst) && a.every((value) => Number.isFinite(value))).toBe(true);
  expect(worst / scale).toBeLessThan(tolerance);
}
