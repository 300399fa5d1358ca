import { expect, test } from '@jest/globals';
import { FoldsProgress } from '../../src/training/folds-progress.js';

const state = { note: 'epoch 1 of 2', total: 2000 };

test('a single fold says its note as it is', () => {
  const progress = new FoldsProgress(1, 1);
  progress.update({ ...state, fold: 0, done: 500, secondsLeft: 30 });
  expect(progress.overall()).toEqual({ done: 0.5, total: 2, note: 'epoch 1 of 2', secondsLeft: 30 });
});

test('epochs are added up, and folds that wait take as long as those that run', () => {
  const progress = new FoldsProgress(3, 1);
  progress.update({ ...state, fold: 0, done: 1000, secondsLeft: 10 });
  // A thousandth of an epoch takes 0.01 s: two waiting folds of 2000 take 40 s.
  expect(progress.overall()).toEqual({ done: 1, total: 6, note: 'fold 0: epoch 1 of 2', secondsLeft: 50 });
  progress.finish(0);
  progress.update({ ...state, fold: 1, done: 0, secondsLeft: NaN });
  expect(progress.overall()).toMatchObject({ done: 2, note: 'fold 1: epoch 1 of 2' });
});

test('no time is told where no pace is known', () => {
  const progress = new FoldsProgress(2, 2);
  progress.update({ ...state, fold: 0, done: 0, secondsLeft: NaN });
  expect(progress.overall().secondsLeft).toBeUndefined();
});
