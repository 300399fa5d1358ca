import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, parseSize, UsageError, type ArgumentValues, type CommandContext } from '@fractura/command-line';
import { datasetFolders, formatModelName, nnunetFoldersOf } from '@fractura/nnunet-format';
import { predictionPrecisionOption } from '@fractura/tfjs-engine/options';
import { choosePrecision, reduceKernels } from '@fractura/tfjs-training';
import { NnunetError } from '../errors.js';
import { listInputCases } from '../folders/input-cases.js';
import type { TrainedModel } from '../model/load-model.js';
import { conversionOfModel } from '../prediction/conversion-of-model.js';
import type { PredictionSettings } from '../prediction/predict-case.js';
import { predictCases } from '../prediction/predict-folder.js';
import { refuseFailures } from '../prediction/refuse-failures.js';
import { predictRadiographs } from '../radiographs/predict-radiographs.js';
import type { FailedRadiograph, RadiographPrediction } from '../radiographs/radiograph-prediction.js';
import { deviceOption, gpusOf } from './device-option.js';
import { readFoldNames } from './fold-option.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';
import { loadOntoEngine, predictingEngineOption } from './predicting-engine.js';
import { readThreshold, thresholdOption } from './threshold-option.js';

const options = {
  input: { kind: 'string', alias: 'i', describe: 'folder of images named CASE_0000, CASE_0001, ...' },
  image: {
    kind: 'strings',
    describe: 'radiographs as they are, JPEG, PNG, TIFF, BMP or DICOM, or folders of such (instead of -i)',
  },
  recursive: { kind: 'boolean', describe: 'with --image: look into subfolders, too', default: false },
  overlay: {
    kind: 'boolean',
    describe: 'with --image: write NAME_overlay.png, the radiograph with its lesions outlined',
    default: false,
  },
  heat: {
    kind: 'boolean',
    describe: 'with --image: the same, with the probability as heat',
    default: false,
  },
  window: {
    kind: 'integer',
    minimum: 1,
    describe: 'with --image: which of several windows of DICOM files is taken (default: 1)',
  },
  output: { kind: 'string', alias: 'o', describe: 'folder for the labels', required: true },
  model: { kind: 'string', alias: 'm', describe: 'model folder, such as nnUNetTrainer__nnUNetPlans__2d' },
  dataset: { kind: 'string', alias: 'd', describe: 'number or name of the data set (instead of -m)' },
  configuration: { kind: 'string', alias: 'c', describe: 'configuration, with -d', default: '2d' },
  plans: { kind: 'string', alias: 'p', describe: 'plans, with -d', default: 'nnUNetPlans' },
  trainer: { kind: 'string', alias: 'tr', describe: 'trainer, with -d', default: 'nnUNetTrainer' },
  results: folderOptions.results,
  folds: { kind: 'strings', alias: 'f', describe: 'folds, or all (default: those that are trained)' },
  checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
  'disable-tta': {
    kind: 'boolean',
    describe: 'do not average over mirrored images: faster, a little worse',
    default: false,
  },
  'save-probabilities': {
    kind: 'boolean',
    describe: 'write CASE.npz and CASE.pkl beside the labels, as ensembling needs them',
    default: false,
  },
  'continue-prediction': {
    kind: 'boolean',
    describe: 'leave what is there already (default: predict it again)',
    default: false,
  },
  'step-size': {
    kind: 'number',
    exclusiveMinimum: 0,
    maximum: 1,
    describe: 'distance of windows relative to their size, in (0, 1]',
    default: 0.5,
  },
  'prev-stage-predictions': { kind: 'string', describe: 'folder of labels of the stage before, for a cascade' },
  'num-parts': { kind: 'integer', minimum: 1, describe: 'number of commands that share the cases', default: 1 },
  'part-id': { kind: 'integer', minimum: 0, describe: 'number of this command’s share, from 0 on', default: 0 },
  ...thresholdOption,
  size: {
    kind: 'string',
    describe: 'with --image: WIDTHxHEIGHT of the conversion, or native (default: what the model’s fingerprint tells)',
  },
  ...predictionPrecisionOption,
  ...predictingEngineOption,
  ...deviceOption,
  ...ignoredOptions('npp', 'nps', 'verbose', 'disable-progress-bar', 'not-on-device'),
} as const;

type PredictValues = ArgumentValues<typeof options>;

/** `fractura predict`: labels for a folder of images in nnU-Net's naming, or for radiographs as they are. */
export const predictCommand = defineCommand({
  ...headings.predict,
  positionals: {},
  options,
  examples: [
    [
      '-i imagesTs -o labels -m nnUNetTrainer__nnUNetPlans__2d',
      'takes all folds of a model, also one of real nnU-Net with its .pth',
    ],
    ['-i imagesTs -o labels -d 921 -c 2d -f 0 1 2 --save_probabilities', 'takes three folds of data set 921'],
    ['--image wrist.jpg -o labels -m nnUNetTrainer__nnUNetPlans__2d', 'takes one radiograph as it is'],
    [
      '--image films --recursive --heat -o results -m nnUNetTrainer__nnUNetPlans__2d',
      'takes a folder with its subfolders, and draws what was found over each radiograph',
    ],
  ],
  run: async (values, context) => {
    const { input, image, checkpoint } = values;
    if ((input === undefined) === (image === undefined)) {
      throw new NnunetError(
        input === undefined ? 'Neither a folder nor an image is named.' : 'Both a folder and an image are named.',
        { code: 'input-missing', remedy: 'Give -i FOLDER, or --image FILE.' },
      );
    }
    checkOptions(values);
    const folder = values.model ?? (await folderOfDataset(values));
    const folds = values.folds && readFoldNames(values.folds);
    const { engine, device } = values;
    const model = await loadOntoEngine({ folder, checkpoint, folds, engine, gpus: gpusOf(device) }, context);
    try {
      const settings = settingsOf(values);
      if (settings.precision !== 'float32') {
        context.note(`Precision: ${settings.precision}`);
        for (const network of model.networks) {
          reduceKernels(network, settings.precision);
        }
      }
      await (input === undefined
        ? predictImages(image!, model, { values, settings }, context)
        : predictInput(input, model, { values, settings }, context));
    } finally {
      model.dispose();
    }
  },
});

/** What was asked for, and how windows are predicted. */
interface Asked {
  values: PredictValues;
  settings: PredictionSettings;
}

/** @throws TfjsTrainingError `precision-unsupported` where the engine in use does not compute with the numbers asked for. */
const settingsOf = ({ stepSize, disableTta, threshold, precision }: PredictValues) => ({
  stepSize,
  mirroring: !disableTta,
  threshold: readThreshold(threshold),
  precision: choosePrecision(precision),
});

async function predictInput(
  input: string,
  model: TrainedModel,
  { values, settings }: Asked,
  { print, note, progress, signal, json }: CommandContext,
): Promise<void> {
  const { output } = values;
  await refuseCasesOverwritten(input, model, values);
  const { cases, failures } = await predictCases({
    model,
    input,
    output,
    ...settings,
    saveProbabilities: values.saveProbabilities,
    continuePrediction: values.continuePrediction,
    parts: values.numParts,
    part: values.partId,
    previousStage: values.prevStagePredictions,
    note,
    progress,
    signal,
  });
  const failed = failures.map(({ code, message, remedy }) => ({ code, message, remedy }));
  print(json ? { output, cases, failures: failed } : output);
  refuseFailures(failures, cases.length + failures.length);
}

async function predictImages(
  images: readonly string[],
  model: TrainedModel,
  { values, settings }: Asked,
  { note, print, progress, json, signal }: CommandContext,
): Promise<void> {
  const { fit, size: trained } = await conversionOfModel(model);
  const size = values.size === undefined ? trained : parseSize(values.size, 'native');
  const letterboxed = fit === 'letterbox' ? ', its aspect kept' : '';
  note(size === 'native' ? 'At its own size.' : `Converted to ${size.width} x ${size.height}${letterboxed}.`);
  const { recursive, window, output, overlay, heat } = values;
  const { predictions, failures } = await predictRadiographs({
    model,
    images,
    recursive,
    window,
    output,
    size,
    fit,
    ...settings,
    overlay: heat ? 'heat' : overlay ? 'outline' : undefined,
    note,
    progress,
    signal,
  });
  print(json ? predictions : [...predictions.map(lineOf), join(output, 'predictions.csv')].join('\n'));
  refuseFailures(failures, predictions.length);
}

function lineOf(prediction: RadiographPrediction | FailedRadiograph): string {
  if ('error' in prediction) {
    return `${prediction.file}: not predicted`;
  }
  const { file, presence, lesions } = prediction;
  return `${file}: presence ${presence.toFixed(3)}, ${lesions.length} ${lesions.length === 1 ? 'lesion' : 'lesions'}`;
}

/** @throws UsageError where an option of the one way is given with the other, or the threshold is none; before anything is loaded. */
function checkOptions({ image, threshold, ...values }: PredictValues): void {
  readThreshold(threshold);
  const { recursive, window, overlay, heat, size } = values;
  const { saveProbabilities, continuePrediction, prevStagePredictions, numParts } = values;
  const ofImages = { recursive, window, overlay, heat, size };
  const ofFolders = {
    'save-probabilities': saveProbabilities,
    'continue-prediction': continuePrediction,
    'prev-stage-predictions': prevStagePredictions,
    'num-parts': numParts > 1,
  };
  const [needed, others] = image === undefined ? ['--image', ofImages] : ['-i', ofFolders];
  const given = Object.entries(others).find(([, value]) => Boolean(value));
  if (given !== undefined) {
    throw new UsageError(`--${given[0]} needs ${needed}.`, {
      remedy: 'Leave it out. -i takes images as they were converted, --image radiographs as they are.',
    });
  }
}

/** @throws ArrayFilesError `output-is-input` where a label would take the place of an image or of a label of the stage before. */
async function refuseCasesOverwritten(
  input: string,
  model: TrainedModel,
  { output, prevStagePredictions: previous }: PredictValues,
): Promise<void> {
  const ending = model.datasetJson.file_ending;
  const cases = await listInputCases(input, ending);
  const labels = cases.map(({ id }) => id + ending);
  await refuseOverwrite({
    inputs: [
      ...cases.flatMap(({ files }) => files),
      ...descriptionsOf(model.folder),
      ...(previous === undefined ? [] : labels.map((name) => join(previous, name))),
    ],
    outputs: [...labels.map((name) => join(output, name)), ...descriptionsOf(output)],
  });
}

const descriptionsOf = (folder: string): string[] => ['dataset.json', 'plans.json'].map((name) => join(folder, name));

async function folderOfDataset(values: PredictValues): Promise<string> {
  const { dataset, trainer, plans, configuration } = values;
  if (dataset === undefined) {
    throw new NnunetError('Neither a model folder nor a data set is named.', {
      code: 'model-folder',
      remedy: 'Give -m MODEL_DIR, or -d DATASET -c CONFIGURATION.',
    });
  }
  const { results } = await datasetFolders(dataset, nnunetFoldersOf(process.env, values), ['results']);
  return join(results, formatModelName({ trainer, plans, configuration }));
}
