import { readFileSync } from 'node:fs';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import type { TrainingLog } from '@fractura/unet-model';
import type { FoldJob } from '../../src/training/fold-job.js';
import { FoldCurves } from '../../src/training/fold-curves.js';

const path = useTemporaryFolder('fractura-curves-');

const job = (changes: Partial<FoldJob> = {}): FoldJob => ({
  fold: 3,
  dataset: path('preprocessed/Dataset921_Disks'),
  cases: path('preprocessed/Dataset921_Disks/nnUNetPlans_2d'),
  modelFolder: path('results/Dataset921_Disks/model'),
  configuration: '2d',
  trainer: { name: 'nnUNetTrainer_4epochs', epochs: 4, recipe: 'nnunet', augmentation: 'default' },
  train: true,
  validate: true,
  seed: 7,
  track: ['jsonl'],
  ...changes,
});
const log = (epochs: number): TrainingLog => {
  const list = (of: (epoch: number) => number) => Array.from({ length: epochs }, (_, epoch) => of(epoch));
  return {
    mean_fg_dice: list(() => NaN),
    ema_fg_dice: list((epoch) => epoch / 10),
    dice_per_class_or_region: list(() => 0).map(() => [0]),
    train_losses: list((epoch) => -epoch),
    val_losses: list((epoch) => -epoch / 2),
    lrs: list(() => 0.01),
    epoch_start_timestamps: list((epoch) => 100 * epoch),
    epoch_end_timestamps: list((epoch) => 100 * epoch + 60),
  };
};
const lines = (file = 'results/Dataset921_Disks/model/tracking/jsonl/fold_3.jsonl') =>
  readFileSync(path(file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a fold is a run of its model, with its settings, every epoch and the validation’s Dice', () => {
  const curves = new FoldCurves(job());
  curves.add(log(1));
  curves.finish(0.25);
  const [run, epoch, end] = lines();
  expect(run).toMatchObject({
    experiment: 'Dataset921_Disks model',
    run: 'fold_3',
    parameters: { trainer: 'nnUNetTrainer_4epochs', epochs: 4, configuration: '2d', seed: 7 },
  });
  expect(epoch).toMatchObject({ step: 0, time: 60, 'loss/train': 0, 'dice/moving_average': 0, epoch_seconds: 60 });
  expect(epoch.memory_mib).toBeGreaterThan(1);
  expect(epoch).not.toHaveProperty('dice/mean');
  expect(end).toMatchObject({ 'validation/mean_dice': 0.25 });
});

test('epochs that an interrupted training did not keep are added when it goes on', () => {
  new FoldCurves(job()).add(log(1));
  new FoldCurves(job()).add(log(3));
  expect(lines().map(({ step }) => step)).toEqual([undefined, 0, 1, 2]);
});

test('a training that begins anew begins its curves anew, and the folder can be another', () => {
  new FoldCurves(job({ trackFolder: path('elsewhere') })).add(log(3));
  new FoldCurves(job({ trackFolder: path('elsewhere'), restart: true })).add(log(1));
  expect(lines('elsewhere/jsonl/fold_3.jsonl').map(({ step }) => step)).toEqual([undefined, 0]);
});
