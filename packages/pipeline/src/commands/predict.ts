import { join } from 'node:path';
import { defineCommand } from '@fractura/command-line';
import { datasetName, nnunetFolder } from '@fractura/nnunet-planner';
import { engineNames, useEngine, type EngineName } from '@fractura/tfjs-engine';
import { PipelineError } from '../errors.js';
import { predictFolder } from '../segmentation/predict-folder.js';
import { readModelFolder } from '../segmentation/model-folder.js';

/** `fractura predict`: labels for a folder of images. */
export const predictCommand = defineCommand({
  name: 'predict',
  summary: 'Segments the images of a folder with a trained model, ours or real nnU-Net’s.',
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of images named CASE_0000, CASE_0001, ...', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the labels', required: true },
    model: { kind: 'string', alias: 'm', describe: 'model folder, such as nnUNetTrainer__nnUNetPlans__2d' },
    dataset: { kind: 'string', alias: 'd', describe: 'number or name of the data set (instead of -m)' },
    configuration: { kind: 'string', alias: 'c', describe: 'configuration, with -d', default: '2d' },
    plans: { kind: 'string', alias: 'p', describe: 'plans, with -d', default: 'nnUNetPlans' },
    trainer: { kind: 'string', alias: 'tr', describe: 'trainer, with -d', default: 'nnUNetTrainer' },
    results: { kind: 'string', describe: 'folder of results, with -d (default: the variable nnUNet_results)' },
    folds: { kind: 'strings', alias: 'f', describe: 'folds (default: all that are trained)' },
    checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
    'disable-tta': {
      kind: 'boolean',
      describe: 'do not average over mirrored images: faster, a little worse',
      default: false,
    },
    'save-probabilities': { kind: 'boolean', describe: 'write CASE.npz beside the labels', default: false },
    'step-size': { kind: 'number', describe: 'distance of windows relative to their size', default: 0.5 },
    engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
  },
  examples: [
    [
      '-i imagesTs -o labels -m nnUNetTrainer__nnUNetPlans__2d',
      'takes all folds of a model, also one of real nnU-Net with its .pth',
    ],
    ['-i imagesTs -o labels -d 921 -c 2d -f 0 1 2 --save_probabilities', 'takes three folds of data set 921'],
  ],
  run: async (values, { note, print, progress, signal }) => {
    const model = await readModelFolder(values.model ?? (await folderOfDataset(values)));
    const engine = await useEngine(values.engine === undefined ? {} : { prefer: values.engine as EngineName });
    note(`Engine: ${engine.name}`);
    await predictFolder({
      ...{ model, input: values.input, output: values.output, note, progress, signal },
      ...(values.folds ? { folds: values.folds } : {}),
      checkpoint: values.checkpoint,
      mirroring: !values.disableTta,
      stepSize: values.stepSize,
      saveProbabilities: values.saveProbabilities,
    });
    print(values.output);
  },
});

async function folderOfDataset(values: {
  dataset: string | undefined;
  configuration: string;
  plans: string;
  trainer: string;
  results: string | undefined;
}): Promise<string> {
  if (values.dataset === undefined) {
    throw new PipelineError('neither a model folder nor a data set is named', {
      code: 'model-folder',
      remedy: 'Give -m MODEL_DIR, or -d DATASET -c CONFIGURATION.',
    });
  }
  const results = nnunetFolder('results', values.results);
  const name = await datasetName(values.dataset, [results]);
  return join(results, name, `${values.trainer}__${values.plans}__${values.configuration}`);
}
