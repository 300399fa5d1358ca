import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { ImageVolume } from '@fractura/nnunet-planner';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { loadModel, predictCase, selectFolds } from '../../src/index.js';
import { modelOf } from '../support/reference-models.js';

let folder: string;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  folder = join(await temporaryFolder(), 'nnUNetTrainer__nnUNetPlans__2d');
  await cp(modelOf('plain'), folder, { recursive: true });
  await cp(join(folder, 'fold_0'), join(folder, 'fold_2'), { recursive: true });
  await cp(join(folder, 'fold_0'), join(folder, 'fold_all'), { recursive: true });
});

test('all numbered folds are loaded, with configuration and mirroring of the first checkpoint', async () => {
  const model = await loadModel({ folder });
  expect(model).toMatchObject({ configuration: '2d', folds: [0, 2], mirrorAxes: [0, 1] });
  expect(model.networks).toHaveLength(2);
  model.dispose();
});

test('a fold can be chosen from a loaded model; its logits are that network’s alone', async () => {
  const [model, alone] = [await loadModel({ folder }), await loadModel({ folder, folds: [2] })];
  const image: ImageVolume = {
    data: new Float32Array(32 * 32).map((_, i) => Math.sin(i)),
    shape: [1, 1, 32, 32],
    spacing: [1, 1, 1],
  };
  const chosen = selectFolds(model, [2]);
  expect(chosen.folds).toEqual([2]);
  expect((await predictCase({ model: chosen, image })).logits).toEqual(
    (await predictCase({ model: alone, image })).logits,
  );
  expect(() => selectFolds(model, [1])).toThrow('Fold 1');
  model.dispose();
  alone.dispose();
});

test('a training on every case is loaded where it is named, or is the only one', async () => {
  const named = await loadModel({ folder, folds: ['all'] });
  expect(named.folds).toEqual(['all']);
  named.dispose();
  const only = join(await temporaryFolder(), 'nnUNetTrainer__nnUNetPlans__2d');
  await cp(folder, only, { recursive: true });
  await rm(join(only, 'fold_0'), { recursive: true });
  await rm(join(only, 'fold_2'), { recursive: true });
  const model = await loadModel({ folder: only });
  expect(model.folds).toEqual(['all']);
  model.dispose();
});

test('folds and checkpoints that are not there are named', async () => {
  await expect(loadModel({ folder, folds: [3] })).rejects.toMatchObject({ code: 'checkpoint-missing' });
  await expect(loadModel({ folder, checkpoint: 'checkpoint_best' })).rejects.toMatchObject({ code: 'no-folds' });
  await expect(loadModel({ folder: join(folder, 'absent') })).rejects.toMatchObject({ code: 'folder-missing' });
});
