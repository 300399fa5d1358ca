import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as format from '../src/index.js';

const datasetJson = {
  channel_names: { 0: 'xray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 4,
  file_ending: '.png',
};

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  const sound = {
    readLabels: [datasetJson],
    generateSplits: [['a', 'b', 'c', 'd', 'e'], { folds: 5, seed: 1 }],
    randomSplit: [['a', 'b', 'c', 'd', 'e'], 6, { seed: 1 }],
    datasetName: ['921', ['Dataset921_FracAtlas']],
    formatModelName: [{ trainer: 'nnUNetTrainer', plans: 'nnUNetPlans', configuration: '2d' }],
    groupChannelFiles: [['a_0000.png'], '.png'],
  };
  expect(await faultsOfHostileCalls(format, { sound })).toEqual([]);
});
