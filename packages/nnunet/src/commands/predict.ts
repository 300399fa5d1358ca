import { join } from 'node:path';
import type { TargetSize } from '@fractura/radiograph';
import { defineCommand, type CommandContext } from '@fractura/command-line';
import { datasetName, nnunetFolder } from '@fractura/nnunet-format';
import { engineNames, useEngine, type EngineName } from '@fractura/tfjs-engine';
import { NnunetError } from '../errors.js';
import { conversionSize } from '../prediction/conversion-size.js';
import { loadModel, type TrainedModel } from '../model/load-model.js';
import { predictFolder } from '../prediction/predict-folder.js';
import { predictRadiograph } from '../prediction/predict-radiograph.js';
import { ignoredOptions } from './ignored-options.js';

/** `fractura predict`: labels for a folder of images, or for one radiograph. */
export const predictCommand = defineCommand({
  name: 'predict',
  summary: 'Segments the images of a folder, or one radiograph, with a trained model, ours or real nnU-Net’s.',
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of images named CASE_0000, CASE_0001, ...' },
    image: { kind: 'string', describe: 'one radiograph as it is, JPEG, PNG or TIFF (instead of -i)' },
    output: { kind: 'string', alias: 'o', describe: 'folder for the labels', required: true },
    model: { kind: 'string', alias: 'm', describe: 'model folder, such as nnUNetTrainer__nnUNetPlans__2d' },
    dataset: { kind: 'string', alias: 'd', describe: 'number or name of the data set (instead of -m)' },
    configuration: { kind: 'string', alias: 'c', describe: 'configuration, with -d', default: '2d' },
    plans: { kind: 'string', alias: 'p', describe: 'plans, with -d', default: 'nnUNetPlans' },
    trainer: { kind: 'string', alias: 'tr', describe: 'trainer, with -d', default: 'nnUNetTrainer' },
    results: { kind: 'string', describe: 'folder of results, with -d (default: the variable nnUNet_results)' },
    folds: { kind: 'strings', alias: 'f', describe: 'folds, or all (default: those that are trained)' },
    checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
    'disable-tta': {
      kind: 'boolean',
      describe: 'do not average over mirrored images: faster, a little worse',
      default: false,
    },
    'save-probabilities': {
      kind: 'boolean',
      describe: 'write CASE.npz and CASE.pkl beside the labels, as ensembling wants',
      default: false,
    },
    'continue-prediction': {
      kind: 'boolean',
      describe: 'leave what is there already (default: predict it again)',
      default: false,
    },
    'step-size': { kind: 'number', describe: 'distance of windows relative to their size, in (0, 1]', default: 0.5 },
    'prev-stage-predictions': { kind: 'string', describe: 'folder of labels of the stage before, for a cascade' },
    'num-parts': { kind: 'number', describe: 'share the cases among so many commands', default: 1 },
    'part-id': { kind: 'number', describe: 'which share is this one’s, from 0 on', default: 0 },
    size: {
      kind: 'string',
      describe: 'with --image: WIDTHxHEIGHT of the conversion, or native (default: what the model’s fingerprint tells)',
    },
    engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
    ...ignoredOptions('npp', 'nps', 'device'),
    ...ignoredOptions.flags('verbose', 'disable-progress-bar', 'not-on-device'),
  },
  examples: [
    [
      '-i imagesTs -o labels -m nnUNetTrainer__nnUNetPlans__2d',
      'takes all folds of a model, also one of real nnU-Net with its .pth',
    ],
    ['-i imagesTs -o labels -d 921 -c 2d -f 0 1 2 --save_probabilities', 'takes three folds of data set 921'],
    ['--image wrist.jpg -o labels -m nnUNetTrainer__nnUNetPlans__2d', 'takes one radiograph as it is'],
  ],
  run: async (values, context) => {
    const { input, image, output, size, stepSize, disableTta, folds, checkpoint } = values;
    checkStepSize(stepSize);
    const source = sourceOf(input, image);
    const folder = values.model ?? (await folderOfDataset(values));
    const engine = await useEngine(values.engine === undefined ? {} : { prefer: values.engine as EngineName });
    context.note(`Engine: ${engine.name}`);
    const model = await loadModel({ folder, checkpoint, folds });
    try {
      const how = { model, output, stepSize, mirroring: !disableTta };
      if ('image' in source) {
        await predictImage({ ...how, file: source.image, size }, context);
        return;
      }
      const { saveProbabilities, continuePrediction, prevStagePredictions, numParts, partId } = values;
      const cases = await predictFolder({
        ...how,
        ...context,
        input: source.input,
        saveProbabilities,
        continuePrediction,
        parts: numParts,
        part: partId,
        previousStage: prevStagePredictions,
      });
      context.print(context.json ? { output, cases } : output);
    } finally {
      model.dispose();
    }
  },
});

async function predictImage(
  {
    size,
    ...options
  }: { model: TrainedModel; output: string; file: string; size: string | undefined } & {
    stepSize: number;
    mirroring: boolean;
  },
  { note, print, json, signal }: CommandContext,
): Promise<void> {
  const converted = size === undefined ? await conversionSize(options.model.folder) : parseSize(size);
  note(converted === 'native' ? 'At its own size' : `Converted to ${converted.width} x ${converted.height}`);
  const files = await predictRadiograph({ ...options, size: converted, signal });
  print(json ? files : `${files.labels}\n${files.radiographLabels}`);
}

function sourceOf(input: string | undefined, image: string | undefined): { input: string } | { image: string } {
  if (input !== undefined && image === undefined) {
    return { input };
  }
  if (image !== undefined && input === undefined) {
    return { image };
  }
  throw new NnunetError(input === undefined ? 'Nothing to predict is named.' : 'A folder and an image are named.', {
    code: 'input-missing',
    remedy: 'Give -i FOLDER, or --image FILE.',
  });
}

function checkStepSize(stepSize: number): void {
  if (stepSize > 0 && stepSize <= 1) {
    return;
  }
  throw new NnunetError(`A step size of ${stepSize} is not possible.`, {
    code: 'step-size-invalid',
    remedy: 'Give a fraction of the window in (0, 1], such as 0.5.',
  });
}

function parseSize(size: string): TargetSize {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? [];
  if (size === 'native') {
    return 'native';
  }
  if (width !== undefined) {
    return { width: Number(width), height: Number(height) };
  }
  throw new NnunetError(`"${size}" is not a size.`, { code: 'size-invalid', remedy: 'Write 224x224, or native.' });
}

async function folderOfDataset(values: {
  dataset: string | undefined;
  configuration: string;
  plans: string;
  trainer: string;
  results: string | undefined;
}): Promise<string> {
  if (values.dataset === undefined) {
    throw new NnunetError('Neither a model folder nor a data set is named.', {
      code: 'model-folder',
      remedy: 'Give -m MODEL_DIR, or -d DATASET -c CONFIGURATION.',
    });
  }
  const results = nnunetFolder('results', values.results);
  const name = await datasetName(values.dataset, [results]);
  return join(results, name, `${values.trainer}__${values.plans}__${values.configuration}`);
}
