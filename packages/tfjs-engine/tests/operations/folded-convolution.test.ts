import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

import {
  add,
  batchNorm,
  concatenate,
  convolution,
  depthwiseConvolution,
  DerivedTensors,
  foldedConvolution,
  infer,
  upsampleNearest,
  type FoldedConvolutionOptions,
  type Precision,
} from '@fractura/tfjs-training';
import { findPreparedEngine, useEngine, type EngineName } from '../../src/index.js';
import { seededTensor } from '../seeded-tensor.js';

interface Case extends Pick<FoldedConvolutionOptions, 'strides' | 'padding' | 'activation'> {
  x: number[];
  /** Without it the convolution is depthwise. */
  outputs?: number;
  size: number;
  beside?: 'plus' | 'deeper';
}

/** Channels on both sides of the 8, 16 and 48 that our own operation takes at a time, maps on both sides of its tiles. */
const cases: Case[] = [
  { x: [2, 9, 7, 5], outputs: 16, size: 1, activation: 'relu6' },
  { x: [1, 13, 13, 33], outputs: 57, size: 1, activation: 'none', beside: 'plus' },
  { x: [1, 6, 5, 3], outputs: 2, size: 1 },
  { x: [2, 12, 11, 3], outputs: 32, size: 3, strides: 2, padding: 'same', activation: 'relu6' },
  { x: [1, 9, 10, 8], outputs: 24, size: 3, strides: 2, activation: 'relu' },
  { x: [1, 7, 14, 20], outputs: 40, size: 3, activation: 'relu' },
  { x: [1, 6, 6, 4], outputs: 64, size: 5, padding: 0, activation: 'none' },
  { x: [1, 8, 8, 6], outputs: 12, size: 1, strides: 2, activation: 'none', beside: 'plus' },
  { x: [2, 8, 12, 6], outputs: 19, size: 3, activation: 'relu', beside: 'deeper' },
  { x: [2, 9, 11, 16], size: 3, padding: 'same', activation: 'relu6' },
  { x: [1, 12, 14, 37], size: 5, strides: 2, padding: 'same', activation: 'relu6' },
  { x: [1, 2, 3, 5], size: 5, padding: 'same', activation: 'none' },
];

interface Layer {
  x: Tensor;
  beside: Tensor;
  kernel: Variable;
  norm: Record<'scale' | 'offset' | 'movingMean' | 'movingVariance', Variable>;
}

const half = [1, 0.5, 0.5, 1];
const stateOf = ({ x: shape, outputs, size, strides = 1, beside }: Case, seed = 1): Layer => {
  const isDeeper = beside === 'deeper';
  const channels = shape[3] + (isDeeper ? 4 : 0);
  const outChannels = outputs ?? shape[3];
  const stride = strides as number;
  const besideShape = isDeeper
    ? [...shape.slice(0, 3).map((n, axis) => n * half[axis]), 4]
    : [shape[0], ...shape.slice(1, 3).map((n) => Math.ceil(n / stride)), outChannels];
  const variable = (values: Tensor) => tf.variable(values);
  const ofChannels = (at: number) => seededTensor([outChannels], at);
  return {
    x: seededTensor(shape, seed),
    beside: seededTensor(besideShape, seed + 1),
    kernel: variable(seededTensor([size, size, outputs === undefined ? 1 : channels, outChannels], seed + 2)),
    norm: {
      scale: variable(tf.add(ofChannels(seed + 3), 1)),
      offset: variable(ofChannels(seed + 4)),
      movingMean: variable(ofChannels(seed + 5)),
      movingVariance: variable(tf.add(tf.abs(ofChannels(seed + 6)), 0.5)),
    },
  };
};

const folded = (
  { outputs, strides, padding, activation, beside }: Case,
  { x, beside: other, kernel, norm }: Layer,
  derived: DerivedTensors,
): Tensor => {
  const options: FoldedConvolutionOptions = { kernel, norm, strides, padding, activation, derived };
  options.depthwise = outputs === undefined;
  if (beside !== undefined) {
    options[beside] = other;
  }
  return foldedConvolution(x, options);
};

/** The same by its parts. */
function byParts({ outputs, strides, padding, activation, beside }: Case, layer: Layer): Tensor {
  const { x, beside: other, kernel, norm } = layer;
  const input = beside === 'deeper' ? concatenate([upsampleNearest(other, 2), x]) : x;
  const convolve = outputs === undefined ? depthwiseConvolution : convolution;
  const y = batchNorm(convolve(input, kernel, { strides, padding }), norm, { training: false, activation });
  return beside === 'plus' ? add(y, other) : y;
}

function largestDifference(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const difference = tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.max(tf.abs(b))));
  const [value] = difference.dataSync();
  difference.dispose();
  return value;
}

const engines: EngineName[] = findPreparedEngine() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

describe.each(engines)('on the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine({ prefer: engine });
  });

  test.each(cases)('a folded convolution equals the convolution and the norm one after the other: %j', (given) => {
    const layer = stateOf(given);
    const derived = new DerivedTensors();
    const expected = infer(() => byParts(given, layer));
    const difference = (precision: Precision) => {
      const found = infer(() => folded(given, layer, derived), { precision });
      return largestDifference(found, expected);
    };
    expect(difference('float32')).toBeLessThan(1e-5);
    if (engine === 'native') {
      expect(difference('bfloat16')).toBeLessThan(2e-2);
      expect(difference('float16')).toBeLessThan(2e-2);
    }
    derived.dispose();
    tf.dispose([expected, { ...layer, norm: Object.values(layer.norm) }]);
  });

  test('what was derived follows the parameters, and is freed', () => {
    const [given] = cases;
    const [layer, other] = [stateOf(given), stateOf(given, 20)];
    const before = tf.memory().numTensors;
    const derived = new DerivedTensors();
    infer(() => folded(given, layer, derived)).dispose();
    layer.kernel.assign(other.kernel);
    const expected = infer(() => byParts(given, layer));
    const found = infer(() => folded(given, layer, derived));
    expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    tf.dispose([found, expected]);
    derived.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([layer, other].map(({ norm, ...rest }) => ({ ...rest, norm: Object.values(norm) })));
  });
});
