import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { fromTorchLayout, loadState, saveState, toTorchValues, type StateTensor } from '../../src/index.js';
import { toyNetwork } from '../support/toy-network.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

test.each([
  [[], []],
  [[3], [3]],
  [
    [2, 3],
    [3, 2],
  ],
  [
    [2, 3, 4, 5],
    [4, 5, 3, 2],
  ],
  [
    [2, 3, 1, 4, 5],
    [1, 4, 5, 3, 2],
  ],
])('a tensor of shape %j in PyTorch has shape %j here, and goes back as it came', async (torchShape, shape) => {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(torchShape) }, (_, i) => i);
  const tensor = fromTorchLayout(values, torchShape);
  expect(tensor.shape).toEqual(shape);
  expect(await toTorchValues(tensor)).toEqual(values);
  tensor.dispose();
});

/** Every number changed, under a prefix. */
const mapped = (tensors: ReadonlyMap<string, StateTensor>, change: (value: number) => number, prefix = '') =>
  new Map<string, StateTensor>(
    [...tensors].map(([name, { shape, data }]) => [
      `${prefix}${name}`,
      { shape, data: Float32Array.from(Array.from<unknown, number>(data, Number), change) },
    ]),
  );

describe('the state dict of a network', () => {
  let network: ReturnType<typeof toyNetwork>;
  let tensors: Map<string, StateTensor>;
  beforeEach(async () => {
    network = toyNetwork();
    tensors = await saveState(network);
  });
  afterEach(() => {
    network.dispose();
  });

  const values = async () =>
    [...(await saveState(network)).values()].map(({ data }) => Array.from<unknown, number>(data, Number));

  test('has every entry under its full name, in the order in which it was made', () => {
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['block.0.conv.weight', [2, 3, 1, 2]],
      ['block.0.conv.bias', [2]],
      ['block.0.norm.running_mean', [2]],
      ['block.0.norm.num_batches_tracked', []],
      ['fc.weight', [2, 3]],
    ]);
    expect([...tensors.get('block.0.conv.weight')!.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(network.parameters.map(({ name }) => name)).toEqual([
      'block.0.conv.weight',
      'block.0.conv.bias',
      'fc.weight',
    ]);
  });

  test('is loaded by name, also from a parallel module and without counters', async () => {
    const given = mapped(tensors, (value) => 2 * value, 'module.');
    given.delete('module.block.0.norm.num_batches_tracked');
    loadState(network, given);
    expect(await values()).toEqual([
      [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22],
      [0, 2],
      [0, 2],
      [0],
      [0, 2, 4, 6, 8, 10],
    ]);
  });

  test('keeps what is to be kept, whatever the given tensor is', async () => {
    tensors.set('fc.weight', { shape: [7, 3], data: new Float32Array(21) });
    loadState(network, tensors, { keep: (name) => name.startsWith('fc.') });
    expect((await values()).at(-1)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test.each([
    ['weights-missing', 'fc.weight', (given: Map<string, StateTensor>) => given.delete('fc.weight')],
    [
      'weights-shape',
      'fc.weight',
      (given: Map<string, StateTensor>) => given.set('fc.weight', { shape: [3, 2], data: new Float32Array(6) }),
    ],
    [
      'weights-unexpected',
      'other',
      (given: Map<string, StateTensor>) => given.set('other', { shape: [1], data: new Float32Array(1) }),
    ],
  ])('is refused with %s by the name of the tensor, and changes nothing', async (code, name, spoil) => {
    const before = await values();
    const given = mapped(tensors, () => 9);
    spoil(given);
    expect(() => {
      loadState(network, given);
    }).toThrow(expect.objectContaining({ code, message: expect.stringContaining(name) as unknown }));
    expect(await values()).toEqual(before);
    if (code === 'weights-unexpected') {
      loadState(network, given, { ignoreOthers: true });
      expect((await values()).at(-1)).toEqual(Array(6).fill(9));
    }
  });
});
