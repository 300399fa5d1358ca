import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cutBatches, epochRandom, readBatch, type ReadBatchOptions } from '../data/batches.js';
import { checkSamples, type ClassifierSample } from '../data/classifier-sample.js';
import { measureImages } from '../data/normalisation.js';
import { Resnet18ClassifierError } from '../errors.js';
import { buildResnet } from '../network/build-resnet.js';
import { loadWeights } from '../network/weights.js';
import {
  checkpointFile,
  readCheckpoint,
  removeCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
  type ClassifierRecord,
  type TrainingSettings,
} from './checkpoint.js';
import { scheduledLearningRate } from './learning-rate.js';
import { Optimizer } from './optimizer.js';
import type { ClassifierProgress, TrainClassifierOptions, TrainedClassifier } from './training-options.js';
import { trainingStep, validationStep, type BatchResult, type LabelledBatch } from './training-step.js';

/**
 * Trains a ResNet on labelled images and keeps the weights of the epoch with the lowest validation loss.
 *
 * Each epoch ends with a checkpoint; called again with the same arguments after an interruption, the training goes on from
 * there and ends with the numbers of an unbroken one, bit for bit on the CPU and WASM engines.
 *
 * @throws Resnet18ClassifierError `option-invalid`, `set-empty`, `label-invalid`, `image-invalid`, `checkpoint-mismatch`,
 * `training-diverged`, `weights-missing`, `weights-shape`
 */
export async function trainClassifier(options: TrainClassifierOptions): Promise<TrainedClassifier> {
  const { train, validation, classNames, outputDirectory, signal, onProgress, pretrained } = options;
  const { depth = 18, inputChannels = 1, augmentation = {} } = options;
  const settings = readSettings(options);
  const { epochs, batchSize, seed } = settings;
  checkSamples(train, 'training', classNames.length);
  checkSamples(validation, 'validation', classNames.length);
  const measured = await measureImages(train, inputChannels, signal);
  let record: ClassifierRecord = {
    format: 'fractura-classifier',
    version: 1,
    depth,
    classNames: [...classNames],
    image: measured.size,
    normalisation: options.normalisation ?? measured.normalisation,
    settings,
    optimizerSteps: 0,
    bestEpoch: -1,
    log: [],
  };
  const network = buildResnet({ depth, inputChannels, classes: classNames.length, seed });
  const optimizer = new Optimizer(network.parameters, { name: settings.optimizer, weightDecay: settings.weightDecay });
  const recipe: ReadBatchOptions = { size: record.image, normalisation: record.normalisation };

  try {
    await resume();
    while (record.log.length < epochs) {
      const epoch = record.log.length;
      const begin = performance.now();
      const learningRate = scheduledLearningRate(options.schedule ?? 'cosine', settings.learningRate, epoch, epochs);
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
      record = {
        ...record,
        log: [...record.log, entry],
        bestEpoch: improved ? epoch : record.bestEpoch,
        optimizerSteps: optimizer.steps,
      };
      // In this order: killed in between, the epoch is repeated and the best checkpoint written again, the same.
      if (improved) await saveCheckpoint(outputDirectory, 'best', { record, network });
      await saveCheckpoint(outputDirectory, 'latest', { record, network, optimizer });
    }
    await saveCheckpoint(outputDirectory, 'final', { record, network });
    await removeCheckpoint(outputDirectory, 'latest');
    return { checkpoint: checkpointFile(outputDirectory, 'best'), log: record.log, bestEpoch: record.bestEpoch };
  } finally {
    network.dispose();
    optimizer.dispose();
  }

  async function resume(): Promise<void> {
    const path = (['final', 'latest'] as const)
      .map((name) => checkpointFile(outputDirectory, name))
      .find((file) => existsSync(file));
    if (path === undefined) {
      if (pretrained) loadWeights(network, pretrained, { keepHead: true });
      return;
    }
    const checkpoint = await readCheckpoint(path);
    refuseOtherTraining(path, checkpoint.record, record);
    restoreCheckpoint(checkpoint, network, optimizer);
    record = checkpoint.record;
  }

  async function trainEpoch(epoch: number, learningRate: number): Promise<EpochMeans> {
    const random = epochRandom(seed, epoch);
    const shuffled = random.permutation(train.length).map((i) => train[i]);
    const epochRecipe =
      augmentation === 'none' ? recipe : { ...recipe, augmentation: { options: augmentation, random } };
    const step = (batch: LabelledBatch) => trainingStep(network, optimizer, batch, learningRate);
    return passOver(shuffled, epochRecipe, step, { epoch, learningRate, phase: 'train' });
  }

  function validateEpoch(epoch: number, learningRate: number): Promise<EpochMeans> {
    const step = (batch: LabelledBatch) => validationStep(network, batch);
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
      if (!Number.isFinite(loss)) throw diverged(now.epoch, now.phase);
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

function readSettings(options: TrainClassifierOptions): TrainingSettings {
  const { train, validation, epochs, batchSize = 32, optimizer = 'adam', weightDecay = 0, seed = 0 } = options;
  const { learningRate = optimizer === 'adam' ? 1e-3 : 1e-2, schedule = 'cosine', augmentation = {} } = options;
  const wrong = Object.entries({ epochs, batchSize }).find(([, value]) => !Number.isSafeInteger(value) || value < 1);
  if (wrong) {
    throw new Resnet18ClassifierError(`${wrong[0]} is ${wrong[1]}`, {
      code: 'option-invalid',
      remedy: 'Give a whole number of at least 1.',
    });
  }
  const identities = [train, validation].map((samples) => samples.map(({ id, label }) => [id, label]));
  const samples = createHash('sha256').update(JSON.stringify(identities)).digest('hex');
  return { epochs, batchSize, learningRate, schedule, optimizer, weightDecay, augmentation, seed, samples };
}

function refuseOtherTraining(path: string, before: ClassifierRecord, now: ClassifierRecord): void {
  const flatten = ({ depth, classNames, image, normalisation, settings }: ClassifierRecord): Record<string, unknown> =>
    JSON.parse(JSON.stringify({ depth, classNames, image, normalisation, ...settings })) as Record<string, unknown>;
  const [earlier, wanted] = [flatten(before), flatten(now)];
  const different = Object.keys(wanted).find((key) => !isDeepStrictEqual(earlier[key], wanted[key]));
  if (different === undefined) return;
  const show = (value: unknown) => JSON.stringify(value);
  throw new Resnet18ClassifierError(
    `${path} is of a training with ${different} ${show(earlier[different])}; now it is ${show(wanted[different])}`,
    {
      code: 'checkpoint-mismatch',
      remedy: 'Train into another folder, remove this one, or repeat the earlier arguments.',
    },
  );
}

const diverged = (epoch: number, phase: string) =>
  new Resnet18ClassifierError(`Training diverged: the loss of epoch ${epoch} (${phase}) is not finite`, {
    code: 'training-diverged',
    remedy: 'Lower the learning rate.',
  });
