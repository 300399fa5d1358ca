import { expect, test } from '@jest/globals';
import { readFoldNames } from '../../src/training/fold-names.js';
import { drawProgress } from '../../src/training/progress-plot.js';
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

test('folds are numbers, all, or several', () => {
  expect(readFoldNames('3')).toEqual([3]);
  expect(readFoldNames('all')).toEqual(['all']);
  expect(readFoldNames('0,1,2,3,4')).toEqual([0, 1, 2, 3, 4]);
});

test('the plot has three panels, leaves out what is no number, and shows a single epoch as a dot', () => {
  const log = {
    mean_fg_dice: [NaN],
    ema_fg_dice: [NaN],
    dice_per_class_or_region: [[NaN]],
    train_losses: [0.5],
    val_losses: [0.4],
    lrs: [0.01],
    epoch_start_timestamps: [10],
    epoch_end_timestamps: [12],
  };
  const svg = drawProgress(log);
  expect(svg.match(/<g transform/g)).toHaveLength(3);
  expect(svg).not.toContain('NaN');
  expect(svg.match(/<circle/g)).toHaveLength(4);
});
