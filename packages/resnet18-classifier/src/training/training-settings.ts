import { createHash } from 'node:crypto';
import type { Precision, StateDict } from '@fractura/tfjs-training';
import type { ClassifierRecipe } from '../recipe/recipe.js';
import { requireCount, requireThat } from '../recipe/require-option.js';
import type { TrainingSettings } from './checkpoint.js';
import type { TrainClassifierOptions } from './training-options.js';

/**
 * Checks the options that are numbers and fills in what was left out.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function readSettings(
  options: TrainClassifierOptions,
  recipe: ClassifierRecipe,
  precision: Precision,
  pretrained?: StateDict,
): TrainingSettings {
  const { train, validation, epochs = recipe.epochs, batchSize = recipe.batchSize, seed = 0 } = options;
  requireCount('epochs', epochs);
  requireCount('batchSize', batchSize);
  requireThat('seed', seed, isSeed(seed), 'Give a whole number from 0 to 4294967295.');
  const identities = [train, validation].map((samples) => samples.map(({ id, label }) => [id, label]));
  const samples = createHash('sha256').update(JSON.stringify(identities)).digest('hex');
  const {
    name,
    settings,
    augmentation,
    sampling,
    labelSmoothing,
    averagingDecay,
    frozenStride = 0,
    statisticsBatches = 0,
    keep,
  } = recipe;
  return {
    epochs,
    batchSize,
    recipe: name,
    recipeSettings: { ...settings, sampling, labelSmoothing, averagingDecay, frozenStride, statisticsBatches, keep },
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

const isSeed = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32;
