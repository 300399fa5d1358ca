import type { Recipe } from '@fractura/unet-model';
import { expect, test } from '@jest/globals';
import { recipeOfJob } from '../../src/training/recipe-of-job.js';
import { chooseTrainer } from '../../src/training/trainer.js';

const nnunet = chooseTrainer('nnUNetTrainer', undefined);
const smallLesions = chooseTrainer('SmallLesionsTrainer', 20);
const settingsOf = ({ name, settings }: Recipe) => ({ name, ...settings });

test('nnU-Net’s trainers train by its recipe, with what was asked for in place of their own', () => {
  expect(settingsOf(recipeOfJob({ trainer: nnunet }))).toMatchObject({
    name: 'nnunet',
    learningRate: 0.01,
    momentum: 0.99,
    augmentation: 'default',
    emptyShare: undefined,
  });
  const asked = { learningRate: 0.02, momentum: 0.9, augmentation: 'light', emptyShare: 0.4 } as const;
  expect(settingsOf(recipeOfJob({ trainer: nnunet, ...asked }))).toMatchObject({ name: 'nnunet', ...asked });
  const flat = chooseTrainer('nnUNetTrainerNoMirroring', undefined);
  expect(recipeOfJob({ trainer: flat }).trainingBatches).toMatchObject({ kind: 'patches', mirrorAxes: [] });
});

test('SmallLesionsTrainer trains by small-lesions, the share of empty cases as what the others leave', () => {
  const recipe = recipeOfJob({ trainer: smallLesions, emptyShare: 0.25, encoderWeights: 'weights.safetensors' });
  expect(settingsOf(recipe)).toMatchObject({
    name: 'small-lesions',
    encoder: 'efficientnet-lite0',
    lesionShare: 0.75,
    learningRate: 2e-3,
  });
  expect(recipe.trainingBatches).toMatchObject({ kind: 'films', lesionShare: 0.75 });
  expect(recipeOfJob({ trainer: smallLesions }).trainingBatches).toMatchObject({ lesionShare: 0.625 });
});

test('an encoder’s first stages are frozen with pretrained weights alone, unless it is said otherwise', () => {
  const frozenBy = (job: Partial<Parameters<typeof recipeOfJob>[0]>) =>
    recipeOfJob({ trainer: smallLesions, ...job }).frozenStride;
  expect(frozenBy({ encoderWeights: 'weights.safetensors' })).toBe(4);
  expect(frozenBy({})).toBe(0);
  expect(frozenBy({ smallLesions: { frozenStride: 2 } })).toBe(2);
  expect(frozenBy({ encoderWeights: 'weights.safetensors', smallLesions: { encoder: 'plan' } })).toBe(0);
});
