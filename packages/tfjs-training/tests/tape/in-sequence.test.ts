import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { add, composed, differentiate, infer, inSequence, leakyRelu, relu } from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

const half = (x: Tensor): Tensor => composed([x], (y) => tf.mul(y, 0.5));

describe('operations in sequence', () => {
  test('forward, what lies between is freed at once', () => {
    const x = tf.tensor1d([-4, 8]);
    const seen: number[] = [];
    const counted = (y: Tensor) => {
      seen.push(tf.memory().numTensors);
      return relu(y);
    };
    const result = infer(() => inSequence(x, [half, counted, half, counted]));
    expect([...result.dataSync()]).toEqual([0, 2]);
    expect(seen[1]).toBe(seen[0]);
    expect([...x.dataSync()]).toEqual([-4, 8]);
    tf.dispose([x, result]);
  });

  test('a step that hands its input on frees nothing', () => {
    const x = tf.tensor1d([1, 2]);
    const result = infer(() => inSequence(x, [(y) => y, half, (y) => y]));
    expect([...result.dataSync()]).toEqual([0.5, 1]);
    tf.dispose([x, result]);
  });

  test('under a gradient, what the way back reads stays, the rest goes', () => {
    const w = tf.variable(tf.tensor1d([-2, 6]));
    const between: Tensor[] = [];
    const noting = (step: (x: Tensor) => Tensor) => (x: Tensor) => {
      const output = step(x);
      between.push(output);
      return output;
    };
    const { value, gradients } = differentiate(() => {
      const y = inSequence(w, [
        noting((x) => leakyRelu(x, 0.5)),
        noting((x) => add(x, x)),
        noting((x) => leakyRelu(x, 0.25)),
      ]);
      // Activations read their output on the way back, a sum reads nothing.
      expect(between.map(({ isDisposed }) => isDisposed)).toEqual([false, true, false]);
      return composed([y], (z) => tf.sum(z)) as Scalar;
    }, [w]);
    expect(value.dataSync()[0]).toBeCloseTo(-0.5 + 12, 5);
    expect([...gradients[0]!.dataSync()]).toEqual([0.25, 2]);
    tf.dispose([w, value, ...gradients] as Tensor[]);
  });

  test('under TensorFlow.js’s own gradient it is the steps alone', () => {
    const gradient = tf.grad((x: Tensor) => tf.sum(inSequence(x, [half, relu, half])))(tf.tensor1d([-1, 1]));
    expect([...gradient.dataSync()]).toEqual([0, 0.25]);
  });
});
