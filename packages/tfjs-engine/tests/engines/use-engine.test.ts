import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { useEngine } from '../../src/index.js';

describe('useEngine', () => {
  test.each(['cpu', 'wasm'] as const)('takes %s when told to, and TensorFlow.js computes with it', async (name) => {
    const { name: taken, backend } = await useEngine({ prefer: name });
    expect(taken).toBe(name);
    expect(tf.getBackend()).toBe(backend);
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
  });

  test('an unknown engine is named with those that exist', async () => {
    await expect(useEngine({ prefer: 'abacus' as 'cpu' })).rejects.toMatchObject({
      code: 'unknown-engine',
      message: expect.stringContaining('abacus') as unknown,
      remedy: expect.stringContaining('native') as unknown,
    });
  });
});
