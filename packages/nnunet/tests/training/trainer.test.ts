import { expect, test } from '@jest/globals';
import { chooseTrainer } from '../../src/training/trainer.js';

test.each([
  ['nnUNetTrainer', undefined, 'nnUNetTrainer', 1000],
  ['nnUNetTrainer', 1000, 'nnUNetTrainer', 1000],
  ['nnUNetTrainer', 50, 'nnUNetTrainer_50epochs', 50],
  ['nnUNetTrainer', 1, 'nnUNetTrainer_1epoch', 1],
  ['nnUNetTrainer_250epochs', undefined, 'nnUNetTrainer_250epochs', 250],
  ['nnUNetTrainerNoDA', 20, 'nnUNetTrainerNoDA_20epochs', 20],
])('%s with --epochs %s trains as %s', (name, epochs, expected, count) => {
  expect(chooseTrainer(name, epochs)).toMatchObject({ name: expected, epochs: count });
});

test('trainers change augmentation and mirroring', () => {
  expect(chooseTrainer('nnUNetTrainer', undefined)).toMatchObject({ augmentation: 'default' });
  expect(chooseTrainer('nnUNetTrainerNoDA', undefined)).toMatchObject({ augmentation: 'none', mirrorAxes: [] });
  expect(chooseTrainer('nnUNetTrainerNoMirroring', undefined).mirrorAxes).toEqual([]);
});
