import { createHash } from 'node:crypto';
import type { Precision, StateDict } from '@fractura/tfjs-training';
import { requireThat } from './check-options.js';
import type { TrainingSettings } from './checkpoint.js';
import type { TrainClassifierOptions } from './training-options.js';

/**
 * Checks the options that are numbers and fills in what was left out.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function readSettings(
  options: TrainClassifierOptions,
  precision: Precision,
  pretrained?: StateDict,
): TrainingSettings {
  const { train, validation, epochs, batchSize = 32, optimizer = 'adam', weightDecay = 0, seed = 0 } = options;
  const { learningRate = optimizer === 'adam' ? 1e-3 : 1e-2, schedule = 'cosine', augmentation = {} } = options;
  for (const [name, value] of Object.entries({ epochs, batchSize })) {
    requireThat(name, value, isCount(value), 'Give a whole number of at least 1.');
  }
  requireThat('learningRate', learningRate, learningRate > 0 && learningRate < Infinity, 'Give a number above 0.');
  requireThat('weightDecay', weightDecay, weightDecay >= 0 && weightDecay < Infinity, 'Give a number of at least 0.');
  requireThat('seed', seed, isSeed(seed), 'Give a whole number from 0 to 4294967295.');
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

function hashWeights(weights: StateDict): string {
  const hash = createHash('sha256');
  for (const [name, { shape, data }] of weights) {
    const dtype = data instanceof BigInt64Array ? 'int64' : 'float32';
    hash
      .update(JSON.stringify([name, dtype, shape]))
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 1;
const isSeed = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32;
