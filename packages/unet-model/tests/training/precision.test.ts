import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { findPreparedEngine, useEngine } from '@fractura/tfjs-engine';
import { type Precision, type PrecisionChoice } from '@fractura/tfjs-training';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import { nnunetRecipe, readUnetCheckpoint, trainFold } from '../../src/index.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

jest.setTimeout(300_000);
const testNative = findPreparedEngine() ? test : test.skip;

let root: string;
beforeAll(async () => {
  if (findPreparedEngine()) {
    await useEngine({ prefer: 'native' });
  }
  root = await temporaryFolder('unet-precision-');
});

const train = (
  name: string,
  precision: PrecisionChoice,
  more: { signal?: AbortSignal; onProgress?: () => void } = {},
) =>
  trainFold({
    plans: toyPlans,
    configuration: '2d',
    datasetJson: toyDatasetJson,
    cases: toyCases(5),
    workers: 0,
    seed: 7,
    split: { train: ['toy_0', 'toy_1', 'toy_2', 'toy_3'], val: ['toy_4'] },
    outputDirectory: join(root, name),
    epochs: 2,
    iterationsPerEpoch: 2,
    batchSize: 2,
    validationIterations: 1,
    recipe: nnunetRecipe({ augmentation: 'none', momentum: 0.9 }),
    precision,
    ...more,
  });

testNative(
  'bfloat16 and float16 learn as float32 does, and leave no tensor (needs `fractura engine install`)',
  async () => {
    const tensors = tf.memory().numTensors;
    const expected = await train('float32', 'float32');
    expect(expected.precision).toBe('float32');
    for (const precision of ['bfloat16', 'float16'] satisfies Precision[]) {
      const { log, precision: used } = await train(precision, precision);
      expect(used).toBe(precision);
      log.train_losses.forEach((loss, epoch) => {
        expect(Math.abs(loss - expected.log.train_losses[epoch])).toBeLessThan(0.1);
      });
      const { record } = await readUnetCheckpoint(checkpointFile(join(root, precision), 'final'));
      expect(record.init_args.precision).toBe(precision);
      expect(record.state.lossScale !== undefined).toBe(precision === 'float16');
    }
    expect(tf.memory().numTensors).toBe(tensors);
  },
);

testNative.each<Precision>(['float32', 'bfloat16'])(
  'a broken training in %s ends within 1e-5 of the unbroken one’s weights, on all threads',
  async (precision) => {
    await train(`unbroken-${precision}`, precision);
    const controller = new AbortController();
    let reports = 0;
    const onProgress = () => {
      reports += 1;
      if (reports === 4) {
        controller.abort();
      }
    };
    await expect(train(`broken-${precision}`, precision, { signal: controller.signal, onProgress })).rejects.toThrow();
    await train(`broken-${precision}`, precision);
    const [broken, unbroken] = await Promise.all(
      ['broken', 'unbroken'].map((name) =>
        readUnetCheckpoint(checkpointFile(join(root, `${name}-${precision}`), 'final')),
      ),
    );
    broken.weights.forEach((tensor, name) => {
      const [data, expected] = [tensor.data, unbroken.weights.get(name)!.data] as Float32Array[];
      const worst = data.reduce((most, value, v) => Math.max(most, Math.abs(value - expected[v])), 0);
      expect({ name, worst: worst < 1e-5 ? 0 : worst }).toEqual({ name, worst: 0 });
    });
  },
);

testNative('a training goes on in its precision alone, unless the machine may choose', async () => {
  const controller = new AbortController();
  const stopped = train('stopped', 'bfloat16', {
    signal: controller.signal,
    onProgress: () => {
      controller.abort();
    },
  });
  const tensors = tf.memory().numTensors;
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  expect(tf.memory().numTensors).toBeLessThanOrEqual(tensors);
  await expect(train('stopped', 'float32')).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
    message: expect.stringContaining('precision bfloat16') as unknown,
  });
  expect((await train('stopped', 'auto')).epochs).toBe(2);
});
