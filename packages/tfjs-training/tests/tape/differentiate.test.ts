import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import {
  add,
  composed,
  concatenate,
  convolution,
  differentiate,
  infer,
  instanceNorm,
  leakyRelu,
  relu,
} from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

/** Values in [-1, 1) that depend on the seed alone. */
const seededTensor = (shape: number[], seed: number): Tensor => tf.randomUniform(shape, -1, 1, 'float32', seed);

const sum = (y: Tensor): Scalar => composed([y], (x) => tf.sum(x)) as Scalar;

describe('differentiate', () => {
  beforeAll(useCpu);

  test('adds up the gradients of a tensor that is used several times', () => {
    const a = tf.variable(tf.tensor([2, -3], [1, 1, 2, 1]));
    const { value, gradients } = differentiate(() => sum(add(add(a, relu(a)), a)), [a]);
    expect(value.dataSync()[0]).toBe(2 * 3 - 3 * 2);
    expect([...gradients[0]!.dataSync()]).toEqual([3, 2]);
  });

  test('gives null for a parameter that plays no part, and gradients in the order of the parameters', () => {
    const a = tf.variable(tf.tensor([1], [1, 1, 1, 1]));
    const b = tf.variable(tf.tensor([5], [1, 1, 1, 1]));
    const idle = tf.variable(tf.tensor([7], [1]));
    const { gradients } = differentiate(
      () => composed([concatenate([a, b])], (y) => tf.sum(tf.square(y))) as Scalar,
      [b, idle, a],
    );
    expect(gradients[0]!.dataSync()[0]).toBe(10);
    expect(gradients[1]).toBeNull();
    expect(gradients[2]!.dataSync()[0]).toBe(2);
  });

  test('leaves nothing behind but the value and the gradients', () => {
    const x = seededTensor([1, 6, 6, 2], 1);
    const kernel = tf.variable(seededTensor([3, 3, 2, 4], 2));
    const scale = tf.variable(tf.ones([4]));
    const offset = tf.variable(tf.zeros([4]));
    const before = tf.memory().numTensors;
    for (let step = 0; step < 5; step += 1) {
      const { value, gradients } = differentiate(() => {
        const unused = tf.square(kernel);
        expect(unused.rank).toBe(4);
        return sum(instanceNorm(convolution(x, kernel), scale, offset, { leakyReluSlope: 0.01 }));
      }, [kernel, scale, offset]);
      expect(tf.memory().numTensors).toBe(before + 4);
      tf.dispose([value, ...gradients] as Tensor[]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('frees everything when the function throws', () => {
    const x = seededTensor([1, 6, 6, 2], 1);
    const kernel = tf.variable(seededTensor([3, 3, 2, 4], 2));
    const before = tf.memory().numTensors;
    expect(() =>
      differentiate(() => {
        leakyRelu(convolution(x, kernel));
        throw new Error('stopped');
      }, [kernel]),
    ).toThrow('stopped');
    expect(tf.memory().numTensors).toBe(before);
  });

  test('survives a tf.tidy around a part of the network', () => {
    const x = seededTensor([1, 4, 4, 2], 1);
    const kernel = tf.variable(seededTensor([3, 3, 2, 2], 2));
    const forward = (): Scalar => sum(relu(convolution(relu(convolution(x, kernel)), kernel)));
    const plain = differentiate(forward, [kernel]);
    const tidied = differentiate(() => tf.tidy(forward), [kernel]);
    expect([...tidied.gradients[0]!.dataSync()]).toEqual([...plain.gradients[0]!.dataSync()]);
  });

  test('works inside tf.tidy, which then owns the results', () => {
    const kernel = tf.variable(seededTensor([3, 3, 2, 2], 2));
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = seededTensor([1, 4, 4, 2], 1);
      differentiate(() => sum(convolution(x, kernel)), [kernel]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ['a tensor that is no scalar', (a: Tensor) => relu(a) as Scalar],
    ['a promise', (a: Tensor) => Promise.resolve(sum(a)) as unknown as Scalar],
    ['a value that no network operation made', (a: Tensor) => tf.sum<Scalar>(a)],
  ])('refuses %s', (_name, f) => {
    const a = tf.variable(tf.ones([1, 1, 2, 1]));
    const before = tf.memory().numTensors;
    expect(() => differentiate(() => f(a), [a])).toThrow(expect.objectContaining({ code: 'not-a-recorded-scalar' }));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('where nothing before a layer is trained, no gradient of its input is computed', () => {
    const x = seededTensor([1, 6, 6, 2], 1);
    const frozen = tf.variable(seededTensor([3, 3, 2, 4], 2));
    const trained = tf.variable(seededTensor([3, 3, 4, 3], 3));
    const run = jest.spyOn(tf.engine(), 'runKernel');
    const { gradients } = differentiate(() => sum(convolution(relu(convolution(x, frozen)), trained)), [trained]);
    const names = run.mock.calls.map(([name]) => name);
    run.mockRestore();
    expect(names.filter((name) => name.startsWith('Conv2DBackprop'))).toEqual(['Conv2DBackpropFilter']);
    expect(gradients[0]!.shape).toEqual(trained.shape);
  });

  test('network operations have the same gradients under tf.grads', () => {
    const x = tf.variable(seededTensor([2, 5, 5, 2], 1));
    const kernel = tf.variable(seededTensor([3, 3, 2, 3], 2));
    const scale = tf.variable(seededTensor([3], 3));
    const offset = tf.variable(seededTensor([3], 4));
    const network = (...[input, weights, gamma, beta]: Tensor[]): Scalar =>
      composed([instanceNorm(convolution(input, weights), gamma, beta, { leakyReluSlope: 0.1 })], (y) =>
        tf.sum(tf.square(y)),
      ) as Scalar;
    const parameters = [x, kernel, scale, offset];
    const { gradients } = differentiate(() => network(...parameters), parameters);
    const theirs = tf.grads(network)(parameters);
    theirs.forEach((gradient, i) => {
      const ours = gradients[i]!.dataSync();
      gradient.dataSync().forEach((value, j) => {
        expect(ours[j]).toBeCloseTo(value, 3);
      });
    });
  });
});

describe('infer', () => {
  test('keeps only what the function returns, and records nothing inside differentiate', () => {
    const a = tf.variable(tf.tensor([2], [1, 1, 1, 1]));
    const before = tf.memory().numTensors;
    const y = infer(() => relu(relu(a)));
    expect(tf.memory().numTensors).toBe(before + 1);
    y.dispose();
    const { gradients } = differentiate(
      () =>
        sum(
          add(
            a,
            infer(() => relu(a)),
          ),
        ),
      [a],
    );
    expect(gradients[0]!.dataSync()[0]).toBe(1);
  });
});
