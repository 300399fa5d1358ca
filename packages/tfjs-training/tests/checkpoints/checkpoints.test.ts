import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readSafetensors } from '@fractura/torch-weights';
import * as tf from '@tensorflow/tfjs';

import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  removeCheckpoint,
} from '../../src/checkpoints/checkpoint-files.js';
import { readCheckpoint, weightsToTrain } from '../../src/checkpoints/read-checkpoint.js';
import { readWeights } from '../../src/checkpoints/read-weights.js';
import { refuseOtherArguments } from '../../src/checkpoints/refuse-other-arguments.js';
import { saveCheckpoint } from '../../src/checkpoints/write-checkpoint.js';
import { AveragedWeights, Optimizer, saveState, sgd } from '../../src/index.js';
import { toyNetwork } from '../support/toy-network.js';
import { useCpu } from '../support/use-cpu.js';

interface ToyRecord {
  kind: 'toy';
  epoch: number;
}
const options = {
  isRecord: (record: object): record is ToyRecord => 'kind' in record && record.kind === 'toy',
  network: 'a toy',
};
const record: ToyRecord = { kind: 'toy', epoch: 3 };

let folder: string;
let network: ReturnType<typeof toyNetwork>;
let optimizer: Optimizer;
beforeAll(useCpu);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  network = toyNetwork();
  optimizer = new Optimizer(network.parameters, sgd());
  optimizer.step(
    network.parameters.map(({ variable }) => variable),
    0.1,
  );
});
afterEach(async () => {
  optimizer.dispose();
  network.dispose();
  await rm(folder, { recursive: true });
});

test('a checkpoint holds weights, optimizer and record of one moment, and its record again as JSON', async () => {
  await saveCheckpoint({ folder, name: 'latest', record, network, optimizer });
  const file = checkpointFile(folder, 'latest');
  const checkpoint = await readCheckpoint(file, options);
  expect(checkpoint.record).toEqual(record);
  expect(checkpoint.weights).toEqual(await saveState(network));
  expect(checkpoint.optimizer).toEqual(await optimizer.save());
  const { tensors, metadata } = await readSafetensors(file);
  expect(metadata).toEqual({ format: 'pt', checkpoint: JSON.stringify(record) });
  expect(tensors.has('optimizer.momentum_buffer.fc.weight')).toBe(true);
  expect(JSON.parse(await readFile(join(folder, 'checkpoint_latest.json'), 'utf8'))).toEqual(record);

  const { optimizer: none } = await readCheckpoint(file, { ...options, withOptimizer: false });
  expect(none.size).toBe(0);
  expect(await readWeights(file)).toEqual(checkpoint.weights);
});

test('where weights are averaged, the checkpoint holds the average to use and the training’s own to go on with', async () => {
  const averaged = new AveragedWeights(network);
  averaged.update();
  const average = await averaged.save();
  const { variable } = network.parameters[1];
  variable.assign(tf.tensor1d([7, 8]));
  const own = await saveState(network);
  await saveCheckpoint({ folder, name: 'latest', record, network, optimizer, averaged });
  const file = checkpointFile(folder, 'latest');
  const checkpoint = await readCheckpoint(file, options);
  for (const [name, tensor] of average) {
    expect(checkpoint.weights.get(name)).toEqual(tensor);
  }
  expect(weightsToTrain(checkpoint)).toEqual(own);
  expect(await readWeights(file)).toEqual(checkpoint.weights);
  expect([...variable.dataSync()]).toEqual([7, 8]);
  averaged.dispose();
});

test('the checkpoint to go on from is the final one, else the latest, else the best', async () => {
  expect(findCheckpoint(folder)).toBeUndefined();
  for (const name of ['best', 'latest', 'final'] as const) {
    await saveCheckpoint({ folder, name, record, network });
    expect(findCheckpoint(folder)).toBe(name);
  }
  await removeCheckpoint(folder, 'final');
  await removeCheckpoint(folder, 'final');
  expect(findCheckpoint(folder, ['final', 'latest'])).toBe('latest');
  expect((await readdir(folder)).sort()).toEqual([
    'checkpoint_best.json',
    'checkpoint_best.safetensors',
    'checkpoint_latest.json',
    'checkpoint_latest.safetensors',
  ]);
});

test('what a killed training was writing is removed, and nothing else', async () => {
  await writeFile(join(folder, 'checkpoint_latest.safetensors.0a1b2c3d4e5f.tmp'), 'half');
  await writeFile(join(folder, 'other.tmp'), 'kept');
  await clearUnfinishedCheckpoints(folder);
  await clearUnfinishedCheckpoints(join(folder, 'absent'));
  expect(await readdir(folder)).toEqual(['other.tmp']);
});

test('a file that is missing, or without the wanted record, is named', async () => {
  const file = checkpointFile(folder, 'best');
  await expect(readCheckpoint(file, options)).rejects.toMatchObject({
    code: 'checkpoint-missing',
    message: expect.stringContaining(file) as unknown,
  });
  await saveCheckpoint({ folder, name: 'best', record: { kind: 'other' }, network });
  await expect(readCheckpoint(file, options)).rejects.toMatchObject({
    code: 'checkpoint-invalid',
    message: `${file} holds no record of the training of a toy.`,
  });
});

test('a training is not gone on with under other arguments; the first that differs is named', () => {
  const before = { epochs: 3, precision: 'float32', classes: ['a', 'b'], size: undefined };
  refuseOtherArguments(folder, before, { classes: ['a', 'b'], epochs: 3, precision: undefined });
  const go = () => {
    refuseOtherArguments(folder, before, { ...before, precision: 'bfloat16' });
  };
  expect(go).toThrow(
    expect.objectContaining({
      code: 'checkpoint-mismatch',
      message: `${folder} holds a training with precision float32; now it is bfloat16.`,
    }),
  );
});
