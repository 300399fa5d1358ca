import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

import {
  choosePrecision,
  composed,
  convolution,
  differentiate,
  infer,
  instanceNorm,
  maxPool,
  MixedPrecision,
  ParameterScope,
  reduceKernels,
  type Precision,
} from '@fractura/tfjs-training';
import { bfloat16Instructions, nativePrecisionOf } from '@fractura/tfjs-training/native';
import { findPreparedEngine, useEngine } from '../../src/index.js';
import { cases } from '../operations/cases.js';
import { compare } from '../operations/parity.js';
import { seededTensor } from '../seeded-tensor.js';

const there = findPreparedEngine() !== undefined;
const testNative = there ? test : test.skip;

describe('the native engine (needs `fractura engine install`)', () => {
  beforeAll(async () => {
    if (there) {
      await useEngine({ prefer: 'native' });
    }
  });

  // Each number carries a relative error of 2^-9 or 2^-12, and sums of a few dozen gather some of them.
  const reduced: [Precision, number][] = [
    ['bfloat16', 0.06],
    ['float16', 0.01],
  ];
  describe.each(reduced)('in %s', (precision, tolerance) => {
    testNative.each(cases)('%s comes near the plain composition in float32', async (_name, operation) => {
      await compare(operation, { backend: 'tensorflow', precision, tolerance });
    });

    testNative('convolutions and what follows are reduced, statistics, losses and gradients are float32', () => {
      const [kernel, scale, offset] = parameters();
      const seen: Precision[] = [];
      const { value, gradients } = differentiate(
        () => {
          const features = convolution(seededTensor([2, 6, 6, 2], 1), kernel);
          const normed = maxPool(instanceNorm(features, scale, offset, { leakyReluSlope: 0.01 }), {
            size: 3,
            strides: 2,
            padding: 1,
          });
          seen.push(nativePrecisionOf(features), nativePrecisionOf(normed));
          return composed([normed], (y) => {
            seen.push(nativePrecisionOf(y));
            return tf.sum(tf.square(y));
          }) as Scalar;
        },
        [kernel, scale, offset],
        { precision },
      );
      expect(seen.slice(0, 3)).toEqual([precision, precision, 'float32']);
      expect([value, ...gradients].map((tensor) => nativePrecisionOf(tensor!))).toEqual(Array(4).fill('float32'));
      tf.dispose([value, ...gradients, kernel, scale, offset] as Tensor[]);
    });
  });

  testNative('a reduced tensor is read as float32, computed with by tf.*, and promoted beside a float32 one', () => {
    const kernel = tf.variable(tf.tensor([1], [1, 1, 1, 1]));
    const x = tf.tensor([1, 2, 3, 1 / 3], [1, 2, 2, 1]);
    differentiate(
      () => {
        const y = convolution(x, kernel, { padding: 0 });
        expect([...y.dataSync()]).toEqual([1, 2, 3, 0.333984375]);
        expect(nativePrecisionOf(tf.mul(y, 2))).toBe('bfloat16');
        expect([...tf.mul(y, 2).dataSync()]).toEqual([2, 4, 6, 0.66796875]);
        expect(nativePrecisionOf(tf.add(y, x))).toBe('float32');
        return composed([y], (values) => tf.sum(values)) as Scalar;
      },
      [kernel],
      { precision: 'bfloat16' },
    );
  });

  testNative('infer computes in bfloat16, gives float32 near float32’s own, and leaves no tensor', () => {
    const [kernel, scale, offset] = parameters();
    const x = seededTensor([2, 6, 6, 2], 1);
    const before = tf.memory().numTensors;
    const seen: Precision[] = [];
    const forward = () => {
      const features = convolution(x, kernel);
      const normed = instanceNorm(features, scale, offset, { leakyReluSlope: 0.01 });
      seen.push(nativePrecisionOf(features), nativePrecisionOf(normed));
      return [normed, tf.mul(normed, 2)];
    };
    const full = infer(forward);
    const reduced = infer(forward, { precision: 'bfloat16' });
    expect(seen).toEqual(['float32', 'float32', 'bfloat16', 'bfloat16']);
    expect([...full, ...reduced].map(nativePrecisionOf)).toEqual(Array(4).fill('float32'));
    const differences = full.map((tensor, i) =>
      tf.tidy(() => tf.max(tf.abs(tf.sub(tensor, reduced[i]))).dataSync()[0]),
    );
    expect(Math.max(...differences)).toBeLessThan(0.06);
    expect(Math.min(...differences)).toBeGreaterThan(0);
    tf.dispose([full, reduced]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([kernel, scale, offset, x]);
  });

  testNative('kernels that are kept in bfloat16 give the same numbers as kernels that are rounded each time', () => {
    const scope = new ParameterScope(({ torchShape }) => seededTensor([...torchShape], 5).dataSync() as Float32Array);
    const kernel = scope.parameter('conv.weight', 'kernel', [4, 2, 3, 3]);
    const scale = scope.parameter('norm.weight', 'normScale', [4]);
    const offset = scope.parameter('norm.bias', 'normOffset', [4]);
    const x = seededTensor([2, 6, 6, 2], 1);
    const forward = () =>
      infer(() => instanceNorm(convolution(x, kernel), scale, offset), { precision: 'bfloat16' }).dataSync();
    const [tensors, expected] = [tf.memory().numTensors, forward()];
    reduceKernels(scope, 'bfloat16');
    expect([kernel, scale, offset].map(nativePrecisionOf)).toEqual(['bfloat16', 'float32', 'float32']);
    expect([...forward()]).toEqual([...expected]);
    expect(tf.memory().numTensors).toBe(tensors + 2);
    scope.dispose();
  });

  testNative('auto takes bfloat16 only where the processor has instructions for it', () => {
    expect(choosePrecision()).toBe(bfloat16Instructions().length > 0 ? 'bfloat16' : 'float32');
    expect(choosePrecision('float16')).toBe('float16');
  });

  testNative('gradients too small for float16 survive by the scaled loss', () => {
    const kernel = tf.variable(tf.tensor([1], [1, 1, 1, 1]));
    const loss = (): Scalar =>
      composed([convolution(tf.ones([1, 1, 1, 1]), kernel)], (y) => tf.sum(tf.mul(y, 1e-9))) as Scalar;
    const plain = differentiate(loss, [kernel], { precision: 'float16' });
    expect(plain.gradients[0]!.dataSync()[0]).toBe(0);
    const mixed = new MixedPrecision('float16').differentiate(loss, [kernel]);
    expect(mixed.overflowed).toBe(false);
    expect(mixed.gradients[0]!.dataSync()[0]).toBeCloseTo(1e-9, 11);
  });

  testNative('an overflow is told and halves the scale; it grows again after 2000 good steps', () => {
    const kernel = tf.variable(tf.tensor([1], [1, 1, 1, 1]));
    const mixed = new MixedPrecision('float16', { scale: 2 ** 16, goodSteps: 1998 });
    const step = (factor: number) => {
      const { value, gradients, overflowed } = mixed.differentiate(
        () => composed([convolution(tf.ones([1, 1, 1, 1]), kernel)], (y) => tf.sum(tf.mul(y, factor))) as Scalar,
        [kernel],
      );
      tf.dispose([value, ...gradients] as Tensor[]);
      return overflowed;
    };
    expect(step(1e-3)).toBe(false);
    expect(mixed.lossScale).toEqual({ scale: 2 ** 16, goodSteps: 1999 });
    expect(step(1e-3)).toBe(false);
    expect(mixed.lossScale).toEqual({ scale: 2 ** 17, goodSteps: 0 });
    expect(step(1)).toBe(true);
    expect(mixed.lossScale).toEqual({ scale: 2 ** 16, goodSteps: 0 });
    expect(new MixedPrecision('bfloat16').lossScale).toBeUndefined();
  });

  testNative.each<Precision>(['float32', 'bfloat16', 'float16'])(
    '500 steps in %s leave tensors and memory as they were',
    (precision) => {
      const variables = parameters();
      const [kernel, scale, offset] = variables;
      const mixed = new MixedPrecision(precision);
      const x = seededTensor([2, 32, 32, 2], 1);
      const step = (fails: boolean) => {
        const { value, gradients } = mixed.differentiate(() => {
          const features = instanceNorm(convolution(x, kernel), scale, offset, { leakyReluSlope: 0.01 });
          if (fails) {
            throw new Error('stopped');
          }
          return composed([features], (y) => tf.mean(tf.square(y))) as Scalar;
        }, variables);
        tf.dispose([value, ...gradients] as Tensor[]);
      };
      const warmUp = 100;
      let [tensors, memory] = [0, 0];
      for (let i = 0; i < 500; i += 1) {
        if (i % 10 === 9) {
          expect(step.bind(null, true)).toThrow('stopped');
        } else {
          step(false);
        }
        if (i === warmUp) {
          [tensors, memory] = [tf.memory().numTensors, process.memoryUsage().rss];
        }
      }
      expect(tf.memory().numTensors).toBe(tensors);
      // One step makes 0.2 MB of tensors; kept over 400 steps it would be 80.
      expect(process.memoryUsage().rss - memory).toBeLessThan(60e6);
      tf.dispose([x, ...variables]);
    },
  );
});

describe('other engines', () => {
  beforeAll(async () => {
    await useEngine({ prefer: 'cpu' });
  });

  test('auto is float32', () => {
    expect(choosePrecision('auto')).toBe('float32');
    expect(new MixedPrecision().precision).toBe('float32');
  });

  test('reduced precisions and unknown ones are refused with a remedy', () => {
    expect(() => choosePrecision('bfloat16')).toThrow(expect.objectContaining({ code: 'precision-unsupported' }));
    expect(() => choosePrecision('int4' as 'auto')).toThrow(expect.objectContaining({ code: 'unknown-precision' }));
    const a = tf.variable(tf.ones([1, 1, 1, 1]));
    expect(() => differentiate(() => tf.scalar(0), [a], { precision: 'float16' })).toThrow(
      expect.objectContaining({ code: 'precision-unsupported' }),
    );
  });

  test('instructions for bfloat16 are found in /proc/cpuinfo', () => {
    expect(bfloat16Instructions('model name\t: x\nflags\t\t: fpu avx2 avx512_bf16 amx_bf16\n')).toEqual([
      'avx512_bf16',
      'amx_bf16',
    ]);
    expect(bfloat16Instructions('flags\t\t: fpu avx2 avx512f\n')).toEqual([]);
    expect(bfloat16Instructions('')).toEqual([]);
  });
});

afterAll(() => {
  tf.disposeVariables();
});

function parameters(): [Variable, Variable, Variable] {
  return [tf.variable(seededTensor([3, 3, 2, 8], 2)), tf.variable(tf.ones([8])), tf.variable(tf.zeros([8]))];
}
