import { formulaValues } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import {
  convolution,
  depthwiseConvolution,
  fromTorchLayout,
  infer,
  ParameterScope,
  saveState,
  zeros,
} from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { convolutionAndNorm, foldBatchNorms } from '../../src/index.js';

beforeAll(() => useEngine({ prefer: 'wasm' }));

const norms = [{ convolution: 'conv', norm: 'bn', epsilon: 1e-3 }];

test.each([
  ['full', { inputs: 3, outputs: 5 }],
  ['depthwise', { outputs: 3 }],
])('a %s convolution with folded norm gives what both gave', async (_, channels) => {
  let k = 0;
  const scope = new ParameterScope((tensor) => {
    k += 1;
    const values = Float32Array.from(formulaValues(zeros(tensor).length, k, 3));
    return tensor.role === 'runningVariance' ? values.map((value) => 0.3 + value * value) : values;
  });
  const layer = convolutionAndNorm(scope, { names: ['conv', 'bn'], size: 3, epsilon: 1e-3, ...channels });
  const folded = foldBatchNorms(await saveState(scope), norms);
  expect([...folded.keys()]).toEqual(['conv.weight', 'conv.bias']);
  const { shape, data } = folded.get('conv.weight')!;
  const x = tf.tensor4d(Float32Array.from(formulaValues(1 * 7 * 6 * 3, 0, 3)), [1, 7, 6, 3]);
  const [both, alone] = infer((): tf.Tensor[] => {
    const kernel = fromTorchLayout(data as Float32Array, [...shape]);
    const bias = tf.tensor1d(folded.get('conv.bias')!.data as Float32Array);
    const convolved = 'inputs' in channels ? convolution(x, kernel) : depthwiseConvolution(x, kernel);
    return [layer(x, false), tf.add(convolved, bias)];
  });
  const expected = both.dataSync();
  (alone.dataSync() as Float32Array).forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
  });
  tf.dispose([x, both, alone]);
  scope.dispose();
});

test('a norm that the weights lack is refused by its name', () => {
  const weights = new Map([['conv.weight', { shape: [1, 1, 1, 1], data: Float32Array.of(1) }]]);
  expect(() => foldBatchNorms(weights, norms)).toThrow('bn.weight');
});
