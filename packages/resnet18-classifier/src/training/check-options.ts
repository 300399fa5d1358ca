import type { Augmentation } from '../data/augmentation.js';
import type { ClassifierRecipe } from '../recipe/recipe.js';
import { requireCount, requireNumber, requireThat } from '../recipe/require-option.js';
import type { TrainClassifierOptions } from './training-options.js';

/**
 * Checks the options that are not samples, and what a recipe says as data: names, numbers and their ranges.
 *
 * @throws Resnet18ClassifierError `option-invalid`, which names the option and its value
 */
export function checkOptions(options: TrainClassifierOptions, { augmentation }: ClassifierRecipe): void {
  const { classNames, inputChannels = 1, outputDirectory, cacheBytes = 0, workers = 0, normalisation } = options;
  requireThat('outputDirectory', outputDirectory, isText(outputDirectory), 'Give the path of a folder.');
  const areNames = Array.isArray(classNames) && classNames.length > 1 && classNames.every(isText);
  requireThat(
    'classNames',
    classNames,
    areNames && new Set(classNames).size === classNames.length,
    'Give at least two names, each once.',
  );
  requireCount('inputChannels', inputChannels);
  requireNumber('cacheBytes', cacheBytes, { from: 0 });
  requireThat('workers', workers, Number.isSafeInteger(workers) && workers >= 0, 'Give a whole number of at least 0.');
  if (augmentation !== 'none') {
    checkAugmentation(augmentation);
  }
  for (const [name, rate] of Object.entries(options.operatingPoints ?? {})) {
    requireNumber(`operatingPoints.${name}`, rate as number, { from: 0, to: 1 });
  }
  if (normalisation !== undefined) {
    const { mean, standardDeviation } = normalisation;
    requireThat('normalisation.mean', mean, mean.length === inputChannels && mean.every(Number.isFinite), eachChannel);
    requireThat(
      'normalisation.standardDeviation',
      standardDeviation,
      standardDeviation.length === inputChannels && standardDeviation.every((value) => value > 0 && value < Infinity),
      `${eachChannel} It is above 0.`,
    );
  }
}

const eachChannel = 'Give one finite number for each input channel.';

function checkAugmentation({
  horizontalFlip = 0,
  verticalFlip = 0,
  shift = 0,
  rotation = 0,
  blur = [1, 1],
}: Augmentation): void {
  for (const [name, value] of Object.entries({ horizontalFlip, verticalFlip, shift })) {
    requireNumber(`augmentation.${name}`, value, { from: 0, to: 1 });
  }
  requireNumber('augmentation.rotation', rotation, { from: 0, to: 360 });
  const [least, largest] = blur;
  requireThat(
    'augmentation.blur',
    blur,
    blur.length === 2 && least > 0 && largest >= least && largest < Infinity,
    'Give the least and the largest sigma, above 0.',
  );
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
