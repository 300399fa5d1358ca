import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { adam, adamw, nesterov, Optimizer, sgd, type UpdateRule } from '../../src/index.js';
import { toyNetwork } from '../support/toy-network.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

const rules: [string, UpdateRule, string[]][] = [
  ['nesterov', nesterov({ momentum: 0.9 }), ['momentum']],
  ['sgd', sgd({ weightDecay: 0.1 }), ['momentum_buffer']],
  ['adam', adam(), ['exp_avg', 'exp_avg_sq']],
  ['adamw', adamw(), ['exp_avg', 'exp_avg_sq']],
];

describe.each(rules)('%s', (_, rule, averages) => {
  /** Steps along the parameters themselves; the last has no gradient. */
  const descend = (optimizer: Optimizer, steps: number) => {
    for (let i = 0; i < steps; i += 1) {
      const gradients = optimizer.parameters.map(({ variable, name }) => (name === 'fc.weight' ? null : variable));
      optimizer.step(gradients, 0.1);
    }
  };
  const read = (optimizer: Optimizer) => optimizer.parameters.map(({ variable }) => [...variable.dataSync()]);

  test('goes on from a saved state as if never interrupted', async () => {
    const [whole, broken] = [toyNetwork(), toyNetwork()];
    const unbroken = new Optimizer(whole.parameters, rule);
    descend(unbroken, 4);
    const first = new Optimizer(broken.parameters, rule);
    descend(first, 2);
    const tensors = tf.memory().numTensors;
    const second = new Optimizer(broken.parameters, rule);
    second.restore(await first.save(), first.steps);
    expect(second.steps).toBe(2);
    first.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
    descend(second, 2);
    expect(read(second)).toEqual(read(unbroken));
    for (const each of [unbroken, second, whole, broken]) {
      each.dispose();
    }
  });

  test('keeps averages in PyTorch’s layout for the parameters that had a gradient; others stay as they are', async () => {
    const network = toyNetwork();
    const optimizer = new Optimizer(network.parameters, rule);
    expect(await optimizer.save()).toEqual(new Map());
    descend(optimizer, 1);
    const saved = await optimizer.save();
    expect([...saved].map(([name, { shape }]) => [name, shape])).toEqual(
      averages.flatMap((average) => [
        [`${average}.block.0.conv.weight`, [2, 3, 1, 2]],
        [`${average}.block.0.conv.bias`, [2]],
      ]),
    );
    expect(read(optimizer).at(-1)).toEqual([0, 3, 1, 4, 2, 5]);
    expect(() => {
      optimizer.restore(saved, 1, { complete: true });
    }).toThrow(expect.objectContaining({ code: 'optimizer-state-invalid' }));
    optimizer.dispose();
    network.dispose();
  });
});

test('a bias that a norm cancels decays without a gradient, as its gradient is zero', () => {
  const network = toyNetwork();
  const optimizer = new Optimizer(network.parameters, nesterov({ momentum: 0, weightDecay: 0.5 }));
  optimizer.step([null, null, null], 1);
  expect([...network.parameters[1].variable.dataSync()]).toEqual([0, 0.5]);
  expect([...network.parameters[0].variable.dataSync()].at(-1)).toBe(11);
  optimizer.dispose();
  network.dispose();
});

test('gradients of a norm above the limit are clipped together', () => {
  const network = toyNetwork();
  const [kernel, bias] = network.parameters.slice(0, 2).map(({ variable }) => variable);
  const rule = nesterov({ momentum: 0, weightDecay: 0, clipNorm: 1 });
  const optimizer = new Optimizer(network.parameters.slice(0, 2), rule);
  const gradients: Tensor[] = [tf.fill(kernel.shape, 0), tf.tensor1d([30, 40])];
  optimizer.step(gradients, 1);
  const [first, second] = bias.dataSync();
  expect([first, second]).toEqual([expect.closeTo(-0.6, 5), expect.closeTo(1 - 0.8, 5)]);
  tf.dispose(gradients);
  optimizer.dispose();
  network.dispose();
});

test('frozen parameters are left out; the others have their own rates and decays, and any rule clips', () => {
  const network = toyNetwork();
  const optimizer = new Optimizer(network.parameters, sgd({ momentum: 0 }), {
    settingsOf: ({ name, role }) => ({
      frozen: role === 'kernel',
      learningRateFactor: role === 'denseKernel' ? 0.5 : 1,
      weightDecay: name.endsWith('bias') ? 0 : 2,
    }),
    clipNorm: 5,
  });
  expect(optimizer.parameters.map(({ name }) => name)).toEqual(['block.0.conv.bias', 'fc.weight']);
  const [bias, weight] = optimizer.parameters.map(({ variable }) => variable);
  const gradients = [tf.tensor1d([30, 40]), tf.zerosLike(weight)];
  optimizer.step(gradients, 0.1);
  // Clipped to [3, 4], at the full rate; the weights lose 0.05 times 2 of themselves.
  expect([...bias.dataSync()]).toEqual([expect.closeTo(-0.3, 5), expect.closeTo(1 - 0.4, 5)]);
  const expected = [0, 3, 1, 4, 2, 5].map((value): unknown => expect.closeTo(value * 0.9, 5));
  expect([...weight.dataSync()]).toEqual(expected);
  tf.dispose(gradients);
  optimizer.dispose();
  network.dispose();
});
