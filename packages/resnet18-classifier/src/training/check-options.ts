import { describeValue } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';
import type { TrainClassifierOptions } from './training-options.js';

/**
 * Checks the options that are not samples: names, numbers and their ranges.
 *
 * @throws Resnet18ClassifierError `option-invalid`, which names the option and its value
 */
export function checkOptions(options: TrainClassifierOptions): void {
  const { classNames, inputChannels = 1, outputDirectory, optimizer = 'adam', cacheBytes = 0, schedule } = options;
  const { augmentation = {}, normalisation } = options;
  requireThat('outputDirectory', outputDirectory, isText(outputDirectory), 'Give the path of a folder.');
  const areNames = Array.isArray(classNames) && classNames.length > 1 && classNames.every(isText);
  requireThat(
    'classNames',
    classNames,
    areNames && new Set(classNames).size === classNames.length,
    'Give at least two names, each once.',
  );
  requireThat('inputChannels', inputChannels, isCount(inputChannels), 'Give a whole number of at least 1.');
  requireThat('optimizer', optimizer, optimizer === 'adam' || optimizer === 'sgd', 'Choose from adam, sgd.');
  requireThat('cacheBytes', cacheBytes, cacheBytes >= 0, 'Give a number of bytes, at least 0.');
  checkSchedule(schedule);
  if (augmentation !== 'none') {
    const { horizontalFlip = 0, verticalFlip = 0, shift = 0, rotation = 0, blur = [1, 1] } = augmentation;
    for (const [name, value] of Object.entries({ horizontalFlip, verticalFlip, shift })) {
      requireThat(`augmentation.${name}`, value, value >= 0 && value <= 1, 'Give a number from 0 to 1.');
    }
    requireThat('augmentation.rotation', rotation, rotation >= 0 && rotation <= 360, 'Give degrees from 0 to 360.');
    const [least, largest] = blur;
    requireThat(
      'augmentation.blur',
      blur,
      blur.length === 2 && least > 0 && largest >= least && largest < Infinity,
      'Give the least and the largest sigma, above 0.',
    );
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

function checkSchedule(schedule: TrainClassifierOptions['schedule'] = 'cosine'): void {
  const names = ['constant', 'cosine', 'poly'];
  if (typeof schedule === 'string') {
    requireThat('schedule', schedule, names.includes(schedule), `Choose from ${names.join(', ')}, or give an object.`);
    return;
  }
  for (const [name, value] of Object.entries(schedule)) {
    const holds = name === 'gamma' ? value > 0 && value <= 1 : isCount(value);
    requireThat(`schedule.${name}`, value, holds, 'Give a whole number of epochs from 1; gamma is above 0, at most 1.');
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

/** @throws Resnet18ClassifierError `option-invalid` */
export function requireThat(name: string, value: unknown, holds: boolean, remedy: string): void {
  if (!holds) {
    throw new Resnet18ClassifierError(`The option ${name} is ${describeValue(value)}.`, {
      code: 'option-invalid',
      remedy,
    });
  }
}
