import { expect, test } from '@jest/globals';
import { foldFolder, formatModelName, parseFoldFolder, parseModelName } from '../../src/index.js';

test('the name of a model folder is read and written', () => {
  const name = { trainer: 'nnUNetTrainer_50epochs', plans: 'nnUNetPlans', configuration: '3d_fullres' };
  expect(formatModelName(name)).toBe('nnUNetTrainer_50epochs__nnUNetPlans__3d_fullres');
  expect(parseModelName('nnUNetTrainer_50epochs__nnUNetPlans__3d_fullres')).toEqual(name);
  expect(parseModelName('results/Dataset921_FracAtlas/nnUNetTrainer_50epochs__nnUNetPlans__3d_fullres/')).toEqual(name);
});

test.each(['', 'model', 'a__b', 'a__b__c__d', 'a____c'])('"%s" is not the name of a model folder', (name) => {
  expect(parseModelName(name)).toBeUndefined();
});

test('the folders of folds are named by number, or all', () => {
  expect([foldFolder(0), foldFolder('all')]).toEqual(['fold_0', 'fold_all']);
  expect(['fold_12', 'fold_all', 'fold_', 'fold_one', '0'].map(parseFoldFolder)).toEqual([
    12,
    'all',
    undefined,
    undefined,
    undefined,
  ]);
});
