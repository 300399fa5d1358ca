import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Precision } from '@fractura/tfjs-training';
import { Resnet18ClassifierError } from '../errors.js';
import type { WeightTensors } from '@fractura/backbones';
import type { ClassifierRecord, TrainingSettings } from './checkpoint.js';
import type { TrainClassifierOptions } from './training-options.js';

/**
 * Checks the options that are numbers and fills in what was left out.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function readSettings(
  options: TrainClassifierOptions,
  precision: Precision,
  pretrained?: WeightTensors,
): TrainingSettings {
  const { train, validation, epochs, batchSize = 32, optimizer = 'adam', weightDecay = 0, seed = 0 } = options;
  const { learningRate = optimizer === 'adam' ? 1e-3 : 1e-2, schedule = 'cosine', augmentation = {} } = options;
  requireThat({ epochs, batchSize }, isCount, 'Give a whole number of at least 1.');
  requireThat({ learningRate }, (value) => value > 0 && value < Infinity, 'Give a number above 0.');
  requireThat({ weightDecay }, (value) => value >= 0 && value < Infinity, 'Give a number of at least 0.');
  requireThat({ seed }, isSeed, 'Give a whole number from 0 to 4294967295.');
  const identities = [train, validation].map((samples) => samples.map(({ id, label }) => [id, label]));
  const samples = createHash('sha256').update(JSON.stringify(identities)).digest('hex');
  return {
    epochs,
    batchSize,
    learningRate,
    schedule,
    optimizer,
    weightDecay,
    augmentation,
    precision,
    seed,
    pretrained: pretrained ? hashWeights(pretrained) : null,
    samples,
  };
}

function hashWeights(weights: WeightTensors): string {
  const hash = createHash('sha256');
  for (const [name, { dtype, shape, data }] of weights) {
    hash
      .update(JSON.stringify([name, dtype, shape]))
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 1;
const isSeed = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32;

function requireThat(values: Record<string, number>, holds: (value: number) => boolean, remedy: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (!holds(value)) {
      throw new Resnet18ClassifierError(`${name} is ${value}.`, { code: 'option-invalid', remedy });
    }
  }
}

/** What a training was asked for, as far as it is known before any image is read. */
export type WantedTraining = Pick<ClassifierRecord, 'depth' | 'classNames' | 'settings'> &
  Partial<Pick<ClassifierRecord, 'normalisation'>> & { inputChannels: number };

/**
 * Refuses to continue or to give back a training that was asked for with other arguments.
 *
 * @throws Resnet18ClassifierError `checkpoint-mismatch`, naming the first difference
 */
export function refuseOtherTraining(path: string, record: ClassifierRecord, wanted: WantedTraining): void {
  const { depth, classNames, image, normalisation, settings } = record;
  const { settings: wantedSettings, ...rest } = wanted;
  const earlier = plain({
    depth,
    classNames,
    inputChannels: image.channels,
    normalisation,
    precision: 'float32',
    ...settings,
  });
  const different = Object.entries(plain({ ...rest, ...wantedSettings })).find(
    ([key, value]) => !isDeepStrictEqual(earlier[key], value),
  );
  if (different === undefined) {
    return;
  }
  const [key, value] = different;
  throw new Resnet18ClassifierError(
    `${path} is of a training with ${key} ${JSON.stringify(earlier[key])}; now it is ${JSON.stringify(value)}.`,
    {
      code: 'checkpoint-mismatch',
      remedy: 'Train into another folder, remove this one, or repeat the earlier arguments.',
    },
  );
}

/** As it comes back from JSON: without members that are undefined. */
const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
