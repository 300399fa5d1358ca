import { MixedPrecision } from '@fractura/tfjs-training';
import { checkpointFile, readWeights, removeCheckpoint, saveCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { openBatchMaker, type BatchMaker } from '../batches/batch-maker.js';
import { checkSamples } from '../data/classifier-sample.js';
import { cachedReader } from '../data/image-cache.js';
import { measureImages } from '../data/normalisation.js';
import { balancedRecipe } from '../recipe/balanced.js';
import type { TrainedNetwork } from './batch-steps.js';
import type { ClassifierRecord } from './checkpoint.js';
import { checkOptions } from './check-options.js';
import { findTraining } from './find-training.js';
import { openNetwork } from './open-network.js';
import { runEpoch } from './run-epoch.js';
import type { TrainClassifierOptions, TrainedClassifier } from './training-options.js';
import { readSettings } from './training-settings.js';

/**
 * Trains a network on labelled images by a recipe and keeps the weights of the epoch that the recipe names.
 *
 * Each epoch ends with a checkpoint; called again with the same arguments after an interruption, the training goes on from
 * there and ends with the numbers of an unbroken one, bit for bit on the CPU and WASM engines. A training that is finished
 * is given back at once.
 *
 * @throws Resnet18ClassifierError `option-invalid`, `set-empty`, `label-invalid`, `image-invalid`, `image-cache-damaged`,
 *   `training-diverged`, `worker-died`
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`, `checkpoint-mismatch`,
 *   `optimizer-state-invalid`, `weights-missing`, `weights-unexpected`, `weights-shape`, `precision-unsupported`
 * @throws BackbonesError `backbone-unknown`
 */
export async function trainClassifier(options: TrainClassifierOptions): Promise<TrainedClassifier> {
  const { train, validation, classNames, outputDirectory: folder, signal } = options;
  const { network: name = 'resnet18', inputChannels = 1, cacheBytes = 2 ** 29, workers = 1 } = options;
  const recipe = options.recipe ?? balancedRecipe({ pretrained: options.pretrained !== undefined });
  signal?.throwIfAborted();
  checkOptions(options, recipe);
  const pretrained =
    typeof options.pretrained === 'string' ? await readWeights(options.pretrained) : options.pretrained;
  const precision = new MixedPrecision(options.precision);
  const settings = readSettings(options, recipe, precision.precision, pretrained);
  checkSamples(train, 'training', classNames.length);
  checkSamples(validation, 'validation', classNames.length);

  const begun = await findTraining(options, settings);
  if (begun?.isFinished) {
    return resultOf(begun.checkpoint.record);
  }
  const checkpoint = begun?.checkpoint;
  const read = cachedReader(cacheBytes);
  const beginRecord = async (): Promise<ClassifierRecord> => {
    const measured = await measureImages(train, { inputChannels, read, signal });
    return {
      format: 'fractura-classifier',
      version: 2,
      network: name,
      classNames: [...classNames],
      image: measured.size,
      preparation: options.preparation ?? null,
      normalisation: options.normalisation ?? measured.normalisation,
      settings,
      optimizerSteps: 0,
      bestEpoch: -1,
      log: [],
    };
  };
  let record = checkpoint ? { ...checkpoint.record, settings } : await beginRecord();
  let opened: TrainedNetwork | undefined;
  let maker: BatchMaker | undefined;
  try {
    opened = openNetwork({
      name,
      inputChannels,
      classes: classNames.length,
      recipe,
      precision,
      seed: settings.seed,
      pretrained,
      checkpoint,
    });
    const { image: size, normalisation } = record;
    // Threads are for cached images alone.
    const threads = [...train, ...validation].every(({ stored }) => stored !== undefined) ? workers : 0;
    maker = openBatchMaker({
      recipe: { size, normalisation, augmentation: recipe.augmentation },
      read,
      workers: threads,
    });
    while (record.log.length < settings.epochs) {
      record = await runEpoch(record, { options, recipe, trained: opened, maker });
    }
    const { network, averaged } = opened;
    await saveCheckpoint({ folder, name: 'final', record, network, averaged });
    await removeCheckpoint(folder, 'latest');
    return resultOf(record);
  } finally {
    await maker?.close();
    opened?.network.dispose();
    opened?.optimizer.dispose();
    opened?.averaged?.dispose();
  }

  function resultOf({
    log,
    bestEpoch,
    settings: { precision: used = 'float32' },
  }: ClassifierRecord): TrainedClassifier {
    return { checkpoint: checkpointFile(folder, 'best'), precision: used, log, bestEpoch };
  }
}
