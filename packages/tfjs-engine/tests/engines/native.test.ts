import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { loadQuietly, quietStartAddon } from '../../src/engines/native/quiet-start.js';
import { benchmarkEngine, findPreparedEngine, useEngine } from '../../src/index.js';

/** The native engine is prepared by `fractura engine install`, as `npm test` does. */
const there = findPreparedEngine() !== undefined;
const testNative = there ? test : test.skip;

describe('the native engine inside Jest (needs `fractura engine install`)', () => {
  beforeAll(async () => {
    if (there) {
      await useEngine({ prefer: 'native', threads: 1 });
    }
  });

  testNative("computes with the caller's tensors, and its memory is counted", async () => {
    expect(tf.getBackend()).toBe('tensorflow');
    const before = tf.memory().numTensors;
    const sum = tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([[5], [6]])));
    expect([...(await sum.data())]).toEqual([17, 39]);
    sum.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  testNative('the benchmark measures a training step in bfloat16 too', async () => {
    const before = tf.memory().numTensors;
    expect((await benchmarkEngine({ seconds: 0.3, precision: 'bfloat16' })).trainingGflops).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  testNative('says which TensorFlow it is and how many threads it was given', async () => {
    const { version, threads, passedOver } = await useEngine({ threads: 1 });
    expect(version).toBe(findPreparedEngine()?.manifest.tensorflow);
    expect(threads).toBe(1);
    expect(passedOver).toEqual([]);
  });

  testNative('refuses another number of threads once it runs', async () => {
    await expect(useEngine({ prefer: 'native', threads: 2 })).rejects.toThrow(/1 already; 2 were asked for/);
  });

  testNative("trains a model of TensorFlow.js's own layers", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const x = tf.tensor2d([[-1], [0], [1], [2]]);
    const y = tf.tensor2d([[-3], [-1], [1], [3]]);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is not exported
    const { history } = await model.fit(x, y, { epochs: 30, verbose: 0 });
    expect(Number(history.loss.at(-1))).toBeLessThan(Number(history.loss[0]) / 10);
  });
});

const addon = join(findPreparedEngine()?.folder ?? '', quietStartAddon);
const testQuiet = there && existsSync(addon) ? test : test.skip;

testQuiet('what is written to standard error while the binding loads is not seen, what comes after is', () => {
  const script = `
    const { mute, unmute } = require(${JSON.stringify(addon)});
    const say = (text) => require('node:fs').writeSync(2, text);
    mute(); mute(); say('unheard'); unmute(); unmute(); say('heard');`;
  const { stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('heard');
});

test('a binding that does not load is heard of', () => {
  const folder = findPreparedEngine()?.folder ?? '';
  const failing = () =>
    loadQuietly(join(folder, 'tfjs_binding.node'), () => createRequire(import.meta.url)('./nowhere.node') as unknown);
  expect(failing).toThrow(/nowhere/);
});

test('the benchmark gives positive speeds and leaves no tensor behind', async () => {
  await useEngine({ prefer: 'wasm' });
  const before = tf.memory().numTensors;
  const speed = await benchmarkEngine({ seconds: 0.3 });
  for (const value of Object.values(speed)) {
    expect(value).toBeGreaterThan(0);
  }
  expect(tf.memory().numTensors).toBe(before);
});
