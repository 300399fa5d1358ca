import { refuseOverwrite } from '@fractura/array-files';
import { backboneNames } from '@fractura/backbones';
import { defineCommand, UsageError, type ArgumentValues } from '@fractura/command-line';
import { nnunetFolder, nnunetFoldersOf, type FoldName } from '@fractura/nnunet-format';
import { engineOptions, precisionOption, startEngine } from '@fractura/tfjs-engine/options';
import { checkpointFile, findCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { trackerNames } from '@fractura/tracking';
import { describeDryRun } from '../training/describe-dry-run.js';
import { dryRun } from '../training/dry-run.js';
import { folderOfFold } from '../training/fold-job.js';
import { openTraining } from '../training/open-training.js';
import { trainFolds } from '../training/train-folds.js';
import { validateFolds } from '../training/validate-folds.js';
import { recipeNames } from '../training/trainer.js';
import { deviceOption, gpusOf } from './device-option.js';
import { encoderSettings, trainerOf } from './encoder-options.js';
import { readFoldList } from './fold-option.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';

const positionals = {
  dataset: { kind: 'string', describe: 'number or name of the data set', required: true },
  configuration: { kind: 'string', describe: 'configuration of the plans, such as 2d', required: true },
  fold: { kind: 'string', describe: 'number of the fold, all, or several as 0,1,2,3,4', required: true },
} as const;

const options = {
  epochs: { kind: 'integer', minimum: 1, describe: 'epochs; they become part of the results’ folder (default: 1000)' },
  iterations: { kind: 'integer', minimum: 1, describe: 'training iterations of an epoch (default: 250)' },
  'validation-iterations': { kind: 'integer', minimum: 1, describe: 'validation iterations of an epoch (default: 50)' },
  batch: { kind: 'integer', minimum: 1, describe: 'patches of an iteration (default: the plan’s)' },
  'learning-rate': { kind: 'number', exclusiveMinimum: 0, describe: 'initial learning rate (default: 0.01)' },
  momentum: { kind: 'number', minimum: 0, maximum: 1, describe: 'momentum of SGD (default: 0.99)' },
  recipe: {
    kind: 'string',
    describe: 'how it is trained: as by nnU-Net, or for films of which most show nothing (default: the trainer’s)',
    choices: recipeNames,
  },
  encoder: {
    kind: 'string',
    describe: 'of small-lesions: a backbone, or plan for the plan’s own network (default: efficientnet-lite0)',
    choices: [...backboneNames, 'plan'],
  },
  'encoder-weights': {
    kind: 'string',
    describe:
      'pretrained weights of the encoder, .pth or .safetensors (default: those that weights fetch put on this machine)',
  },
  'empty-share': {
    kind: 'number',
    minimum: 0,
    maximum: 1,
    describe: 'share of a batch drawn from the cases without foreground (default: the recipe’s)',
  },
  'continue-from': {
    kind: 'string',
    describe: 'model folder of the same training with fewer epochs, which folds that are not begun here continue',
  },
  'stop-file': { kind: 'string', describe: 'a file that ends the training after the epoch under way once it exists' },
  track: { kind: 'strings', describe: 'keep curves and settings for other programs', choices: trackerNames },
  'track-folder': { kind: 'string', describe: 'where curves are kept (default: tracking in the model’s folder)' },
  'track-server': {
    kind: 'string',
    describe: 'of mlflow: address of a tracking server, such as http://host:5000, that gets the curves instead',
  },
  restart: { kind: 'boolean', describe: 'begin anew: what an earlier training left is removed', default: false },
  'early-stopping': {
    kind: 'integer',
    minimum: 1,
    describe: 'stop after so many epochs without a better Dice (default: never)',
  },
  augmentation: {
    kind: 'string',
    describe: 'default is nnU-Net’s (default: the trainer’s)',
    choices: ['default', 'light', 'none'],
  },
  continue: {
    kind: 'boolean',
    alias: 'c',
    describe: 'go on from the last checkpoint, as happens anyway; says so where there is none',
    default: false,
  },
  'pretrained-weights': {
    kind: 'string',
    describe: 'weights to begin with, .pth or .safetensors; heads are not taken',
  },
  'folds-in-parallel': {
    kind: 'integer',
    minimum: 1,
    describe: 'folds at once, each with its share of cores or GPUs',
    default: 1,
  },
  val: { kind: 'boolean', describe: 'only validate what was trained', default: false },
  'val-best': { kind: 'boolean', describe: 'validate with checkpoint_best', default: false },
  npz: { kind: 'boolean', describe: 'write the validation’s probabilities too', default: false },
  'dry-run': { kind: 'boolean', describe: 'say what memory and time it would take here', default: false },
  trainer: { kind: 'string', alias: 'tr', describe: 'trainer (default: the recipe’s, nnUNetTrainer)' },
  plans: { kind: 'string', alias: 'p', describe: 'plans', default: 'nnUNetPlans' },
  preprocessed: folderOptions.preprocessed,
  results: folderOptions.results,
  ...precisionOption,
  seed: { kind: 'integer', minimum: 0, describe: 'seed of weights, batches and augmentation', default: 0 },
  workers: {
    kind: 'integer',
    minimum: 0,
    describe: 'threads that prepare batches; 0: none (default: one less than cores, 1 to 8)',
  },
  ...engineOptions,
  ...deviceOption,
  'num-gpus': { kind: 'integer', describe: 'nnU-Net’s: GPUs for one fold; only 1', default: 1 },
  ...ignoredOptions('use-compressed'),
  'disable-checkpointing': { kind: 'boolean', describe: 'nnU-Net’s: refused', default: false },
} as const;

type TrainValues = ArgumentValues<typeof options> & ArgumentValues<typeof positionals>;

/** `fractura train`: one fold or several of a preprocessed data set. */
export const trainCommand = defineCommand({
  ...headings.train,
  positionals,
  options,
  examples: [
    ['921 2d 0', 'trains fold 0 for 1000 epochs; the same command goes on after an interruption'],
    [
      '921 2d 0,1,2,3,4 --epochs 50',
      'trains five folds one after the other, in nnUNetTrainer_50epochs__nnUNetPlans__2d',
    ],
    [
      '921 2d 0 --epochs 100 --continue-from nnUNet_results/Dataset921_FracAtlas/nnUNetTrainer_50epochs__nnUNetPlans__2d',
      'continues a finished training of 50 epochs to 100',
    ],
    ['921 2d 0,1,2,3,4 --folds-in-parallel 5', 'trains them at once; CUDA_VISIBLE_DEVICES=0,1 deals them to two GPUs'],
    [
      '921 2d 0,1,2,3,4 --recipe small-lesions --epochs 30 --iterations 50',
      'trains for films of which most show nothing, in SmallLesionsTrainer_30epochs__nnUNetPlans__2d',
    ],
    ['921 2d 0 --dry-run', 'says what memory and time it would take on this machine'],
    ['921 3d_cascade_fullres 0', 'trains the second stage of a cascade, when all folds of 3d_lowres are trained'],
    [
      '921 3d_fullres all -tr nnUNetTrainer_250epochs -pretrained_weights checkpoint_final.pth',
      'understands nnU-Net’s spelling',
    ],
  ],
  run: async (values, context) => {
    const { print, note, progress, signal, json } = context;
    checkUsage(values);
    const folds = readFoldList(values.fold);
    const folders = nnunetFoldersOf(process.env, values);
    const training = await openTraining({
      preprocessed: nnunetFolder('preprocessed', folders),
      results: nnunetFolder('results', folders),
      dataset: values.dataset,
      configuration: values.configuration,
      plans: values.plans,
      trainer: trainerOf(values),
      epochs: values.epochs,
    });
    await refuseOverwrite({
      inputs: [values.pretrainedWeights, values.encoderWeights],
      outputs: folds.flatMap((fold) =>
        (['best', 'latest', 'final'] as const).map((name) =>
          checkpointFile(folderOfFold(training.modelFolder, fold), name),
        ),
      ),
    });
    const settings = { ...trainingSettings(values), ...encoderSettings(values, training.trainer.recipe, note) };
    const gpus = gpusOf(values.device);
    const { engine, threads } = values;
    const parallel = Math.min(values.foldsInParallel, folds.length);
    // The processes of folds start engines of their own.
    if (parallel === 1 || values.dryRun) {
      await startEngine({ engine, threads, gpus }, context);
    }
    if (values.dryRun) {
      const run = await dryRun({ ...settings, training, fold: folds[0] });
      print(json ? run : describeDryRun(run));
      return;
    }
    const shared = {
      training,
      folds,
      checkpoint: values.valBest ? ('checkpoint_best' as const) : undefined,
      saveProbabilities: values.npz,
      parallel,
      gpus,
      engine,
      threads,
      note,
      progress,
      signal,
    };
    if (values.continue) {
      noteFreshStarts(training.modelFolder, folds, note);
    }
    const results = values.val ? await validateFolds(shared) : await trainFolds({ ...settings, ...shared });
    if (json) {
      // Without the curves, which are in the checkpoints.
      print(results.map((result) => ({ ...result, log: undefined })));
      return;
    }
    for (const { folder, validationDice } of results) {
      print(`${folder}: mean validation Dice ${validationDice}`);
    }
  },
});

const trainingSettings = (values: TrainValues) => ({
  iterations: values.iterations,
  validationIterations: values.validationIterations,
  batchSize: values.batch,
  learningRate: values.learningRate,
  momentum: values.momentum,
  augmentation: values.augmentation,
  earlyStopping: values.earlyStopping,
  seed: values.seed,
  precision: values.precision,
  workers: values.workers,
  pretrainedWeights: values.pretrainedWeights,
  emptyShare: values.emptyShare,
  continueFrom: values.continueFrom,
  stopFile: values.stopFile,
  track: values.track,
  trackFolder: values.trackFolder,
  trackServer: values.trackServer,
  restart: values.restart,
});

/** @throws UsageError */
function checkUsage(values: TrainValues): void {
  const refuse = (refused: boolean, why: string) => {
    if (refused) {
      throw new UsageError(why);
    }
  };
  refuse(values.continue && values.val, '--continue and --val exclude each other: --val trains nothing.');
  refuse(
    values.continue && values.pretrainedWeights !== undefined,
    '--continue and --pretrained-weights exclude each other: weights are taken where a training begins.',
  );
  refuse(
    values.trackServer !== undefined && values.track?.includes('mlflow') !== true,
    '--track-server needs --track mlflow.',
  );
  refuse(values.numGpus !== 1, '-num_gpus must be 1: a fold trains on one GPU; --folds-in-parallel uses several.');
  refuse(
    values.disableCheckpointing,
    '--disable_checkpointing is refused: a training could neither go on nor be used.',
  );
}

/** Says which folds have nothing to continue from. */
function noteFreshStarts(modelFolder: string, folds: readonly FoldName[], note: (line: string) => void): void {
  for (const fold of folds) {
    const folder = folderOfFold(modelFolder, fold);
    if (findCheckpoint(folder) === undefined) {
      note(`Fold ${fold} has no checkpoint to continue from in ${folder}: it begins anew.`);
    }
  }
}
