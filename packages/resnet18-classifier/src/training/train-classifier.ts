import { setImmediate as nextTurn } from 'node:timers/promises';
import { buildResnet, loadWeights } from '@fractura/backbones';
import { RandomState } from '@fractura/python-compat';
import { deriveEpochSeed } from '@fractura/seeded-random';
import { MixedPrecision, Optimizer, scheduledLearningRate } from '@fractura/tfjs-training';
import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  readWeights,
  refuseOtherArguments,
  removeCheckpoint,
  requireCheckpoint,
  saveCheckpoint,
} from '@fractura/tfjs-training/checkpoints';
import { cutBatches, readBatch, type ReadBatchOptions } from '../data/batches.js';
import { checkSamples, type ClassifierSample } from '../data/classifier-sample.js';
import { cachedReader } from '../data/image-cache.js';
import { measureImages } from '../data/normalisation.js';
import { Resnet18ClassifierError } from '../errors.js';
import { trainOnBatch, validateOnBatch, type BatchResult, type LabelledBatch } from './batch-steps.js';
import { readClassifierCheckpoint, type ClassifierRecord } from './checkpoint.js';
import { checkOptions } from './check-options.js';
import { updateRule } from './optimizer.js';
import type { ClassifierProgress, TrainClassifierOptions, TrainedClassifier } from './training-options.js';
import { readSettings } from './training-settings.js';

/**
 * Trains a ResNet on labelled images and keeps the weights of the epoch with the lowest validation loss.
 *
 * Each epoch ends with a checkpoint; called again with the same arguments after an interruption, the training goes on from
 * there and ends with the numbers of an unbroken one, bit for bit on the CPU and WASM engines. A training that is finished
 * is given back at once.
 *
 * @throws Resnet18ClassifierError `option-invalid`, `set-empty`, `label-invalid`, `image-invalid`, `training-diverged`
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`, `checkpoint-mismatch`,
 *   `optimizer-state-invalid`, `weights-missing`, `weights-unexpected`, `weights-shape`, `precision-unsupported`
 * @throws BackbonesError `depth-unsupported`
 */
export async function trainClassifier(options: TrainClassifierOptions): Promise<TrainedClassifier> {
  const { train, validation, classNames, outputDirectory, signal, onProgress } = options;
  const { depth = 18, inputChannels = 1, augmentation = {}, cacheBytes = 2 ** 29 } = options;
  signal?.throwIfAborted();
  checkOptions(options);
  const pretrained =
    typeof options.pretrained === 'string' ? await readWeights(options.pretrained) : options.pretrained;
  const precision = new MixedPrecision(options.precision);
  const settings = readSettings(options, precision.precision, pretrained);
  const { epochs, batchSize, seed } = settings;
  checkSamples(train, 'training', classNames.length);
  checkSamples(validation, 'validation', classNames.length);

  await clearUnfinishedCheckpoints(outputDirectory);
  const name = findCheckpoint(outputDirectory, ['final', 'latest']);
  const checkpoint =
    name === undefined ? undefined : await readClassifierCheckpoint(checkpointFile(outputDirectory, name));
  const bestFile = checkpointFile(outputDirectory, 'best');
  if (checkpoint) {
    const { record } = checkpoint;
    const earlier = { ...record.settings, precision: record.settings.precision ?? 'float32' };
    // Left to the machine, a training begun in another precision goes on in this machine's.
    const mayChangePrecision = (options.precision ?? 'auto') === 'auto';
    const now = mayChangePrecision ? { ...settings, precision: earlier.precision } : settings;
    refuseOtherArguments(
      outputDirectory,
      {
        depth: record.depth,
        classNames: record.classNames,
        inputChannels: record.image.channels,
        normalisation: record.normalisation,
        preparation: record.preparation,
        ...earlier,
      },
      {
        depth,
        classNames,
        inputChannels,
        normalisation: options.normalisation,
        // Absent in checkpoints of earlier versions.
        preparation: record.preparation === undefined ? undefined : (options.preparation ?? null),
        ...now,
      },
    );
    if (name === 'final') {
      requireCheckpoint(bestFile);
      return resultOf(record);
    }
  }

  const read = cachedReader(cacheBytes);
  let record = checkpoint?.record ?? (await beginRecord());
  const network = buildResnet({
    depth,
    inputChannels,
    classes: classNames.length,
    seed,
    weights: checkpoint?.weights,
  });
  const optimizer = new Optimizer(network.parameters, updateRule(settings.optimizer, settings.weightDecay));
  const recipe: ReadBatchOptions = { read, size: record.image, normalisation: record.normalisation };

  try {
    if (checkpoint) {
      optimizer.restore(checkpoint.optimizer, checkpoint.record.optimizerSteps, { complete: true });
      precision.restore(checkpoint.record.lossScale);
      record = { ...record, settings };
    } else if (pretrained) {
      loadWeights(network, pretrained, { keepHead: true, adaptChannels: true });
    }
    while (record.log.length < epochs) {
      record = await runEpoch(record.log.length);
    }
    await saveCheckpoint({ folder: outputDirectory, name: 'final', record, network });
    await removeCheckpoint(outputDirectory, 'latest');
    return resultOf(record);
  } finally {
    network.dispose();
    optimizer.dispose();
  }

  function resultOf({
    log,
    bestEpoch,
    settings: { precision: used = 'float32' },
  }: ClassifierRecord): TrainedClassifier {
    return { checkpoint: bestFile, precision: used, log, bestEpoch };
  }

  async function beginRecord(): Promise<ClassifierRecord> {
    const measured = await measureImages(train, { inputChannels, read, signal });
    return {
      format: 'fractura-classifier',
      version: 1,
      depth,
      classNames: [...classNames],
      image: measured.size,
      preparation: options.preparation ?? null,
      normalisation: options.normalisation ?? measured.normalisation,
      settings,
      optimizerSteps: 0,
      bestEpoch: -1,
      log: [],
    };
  }

  async function runEpoch(epoch: number): Promise<ClassifierRecord> {
    const begin = performance.now();
    const learningRate = scheduledLearningRate(settings.schedule, settings.learningRate, epoch, epochs);
    const trained = await trainEpoch(epoch, learningRate);
    const validated = await validateEpoch(epoch, learningRate);
    const improved = record.log.every(({ validationLoss }) => validated.loss < validationLoss);
    const entry = {
      epoch,
      trainLoss: trained.loss,
      trainAccuracy: trained.accuracy,
      validationLoss: validated.loss,
      validationAccuracy: validated.accuracy,
      learningRate,
      seconds: (performance.now() - begin) / 1000,
    };
    const next: ClassifierRecord = {
      ...record,
      log: [...record.log, entry],
      bestEpoch: improved ? epoch : record.bestEpoch,
      optimizerSteps: optimizer.steps,
      lossScale: precision.lossScale,
    };
    // In this order: killed in between, the epoch is repeated and the best checkpoint written again, the same.
    if (improved) {
      await saveCheckpoint({ folder: outputDirectory, name: 'best', record: next, network });
    }
    await saveCheckpoint({ folder: outputDirectory, name: 'latest', record: next, network, optimizer });
    return next;
  }

  function trainEpoch(epoch: number, learningRate: number): Promise<EpochMeans> {
    // An epoch is the same whether training was interrupted before it or not.
    const random = new RandomState(deriveEpochSeed(seed, epoch));
    const shuffled = random.permutation(train.length).map((i) => train[i]);
    const epochRecipe =
      augmentation === 'none' ? recipe : { ...recipe, augmentation: { options: augmentation, random } };
    const step = (batch: LabelledBatch) => trainOnBatch(network, precision, optimizer, batch, learningRate);
    return passOver(shuffled, epochRecipe, step, { epoch, learningRate, phase: 'train' });
  }

  function validateEpoch(epoch: number, learningRate: number): Promise<EpochMeans> {
    const step = (batch: LabelledBatch) => validateOnBatch(network, batch);
    return passOver(validation, recipe, step, { epoch, learningRate, phase: 'validate' });
  }

  async function passOver(
    samples: readonly ClassifierSample[],
    batchRecipe: ReadBatchOptions,
    step: (batch: LabelledBatch) => Promise<BatchResult>,
    now: Pick<ClassifierProgress, 'epoch' | 'learningRate' | 'phase'>,
  ): Promise<EpochMeans> {
    const sums = { loss: 0, correct: 0, done: 0 };
    for (const batch of cutBatches(samples, batchSize)) {
      signal?.throwIfAborted();
      const images = await readBatch(batch, batchRecipe);
      const { loss, correct } = await step({ ...images, labels: batch.map(({ label }) => label) });
      if (!Number.isFinite(loss)) {
        throw diverged(now.epoch, now.phase);
      }
      sums.loss += loss * batch.length;
      sums.correct += correct;
      sums.done += batch.length;
      onProgress?.({
        ...now,
        epochs,
        done: sums.done,
        total: samples.length,
        loss: sums.loss / sums.done,
        accuracy: sums.correct / sums.done,
      });
      await nextTurn();
    }
    return { loss: sums.loss / sums.done, accuracy: sums.correct / sums.done };
  }
}

interface EpochMeans {
  loss: number;
  accuracy: number;
}

const diverged = (epoch: number, phase: string) =>
  new Resnet18ClassifierError(`Training diverged: the loss of epoch ${epoch} (${phase}) is not finite.`, {
    code: 'training-diverged',
    remedy: 'Lower the learning rate.',
  });
