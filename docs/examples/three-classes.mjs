/** A COCO data set with three classes, from its images to cross-validated Dice, by nnU-Net's workflow as functions. */
import { join } from 'node:path';
import { convertCoco } from '@fractura/coco-to-nifti';
import { accumulateFolds, openTraining, trainFolds } from '@fractura/nnunet';
import { planAndPreprocess } from '@fractura/nnunet-planner';
import { useEngine } from '@fractura/tfjs-engine';
import { makeData } from './make-data.mjs';

const dataset = 'Dataset503_Wrist';
const source = await makeData('data');
const { folder, labels } = await convertCoco({
  ...source,
  output: 'nnUNet_raw',
  datasetId: 503,
  datasetName: 'Wrist',
  overwrite: true,
});

// `cpu` makes a network with fewer features and a smaller batch; leave it out for nnU-Net's own plan.
const { plans } = await planAndPreprocess({
  folder,
  outputFolder: join('nnUNet_preprocessed', dataset),
  configurations: ['2d'],
  planFor: 'cpu',
});

await useEngine(); // the fastest engine that works here
const training = await openTraining({
  preprocessed: 'nnUNet_preprocessed',
  results: 'nnUNet_results',
  dataset,
  configuration: '2d',
  plans: plans.plans_name,
  epochs: 2,
});

// Some seconds of training; without these settings it would be nnU-Net's 250 iterations an epoch.
await trainFolds({
  training,
  folds: [0, 1, 2, 3, 4],
  iterations: 8,
  validationIterations: 1,
  batchSize: 4,
  learningRate: 0.1,
  momentum: 0.9,
  augmentation: 'light',
  note: console.log,
});

// Every case is judged by the one network that has not seen it.
const { folder: results, summary } = await accumulateFolds({
  model: training.modelFolder,
  references: [join(folder, 'labelsTr')],
});
for (const [name, label] of Object.entries(labels).filter(([, value]) => value !== 0)) {
  console.log(`${name}: Dice ${summary.mean[String(label)].Dice.toFixed(3)}`);
}
console.log(`mean Dice ${summary.foreground_mean.Dice.toFixed(3)}: ${join(results, 'summary.json')}`);
