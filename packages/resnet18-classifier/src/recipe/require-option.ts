import { describeValue } from '@fractura/errors';
import type { LearningRateSchedule } from '@fractura/tfjs-training';
import { Resnet18ClassifierError } from '../errors.js';

/** @throws Resnet18ClassifierError `option-invalid` */
export function requireThat(name: string, value: unknown, holds: boolean, remedy: string): void {
  if (!holds) {
    throw new Resnet18ClassifierError(`The option ${name} is ${describeValue(value)}.`, {
      code: 'option-invalid',
      remedy,
    });
  }
}

/** Bounds of a number that is always finite. */
export interface NumberBounds {
  from?: number;
  to?: number;
  above?: number;
  below?: number;
}

/** @throws Resnet18ClassifierError `option-invalid` */
export function requireNumber(name: string, value: number, { from, to, above, below }: NumberBounds): void {
  const holds =
    Number.isFinite(value) &&
    value >= (from ?? -Infinity) &&
    value <= (to ?? Infinity) &&
    value > (above ?? -Infinity) &&
    value < (below ?? Infinity);
  const limits = [
    from === undefined ? '' : `of at least ${from}`,
    above === undefined ? '' : `above ${above}`,
    to === undefined ? '' : `of at most ${to}`,
    below === undefined ? '' : `below ${below}`,
  ];
  requireThat(name, value, holds, `Give a number ${limits.filter((limit) => limit !== '').join(' and ')}.`);
}

/** @throws Resnet18ClassifierError `option-invalid` */
export function requireCount(name: string, value: number): void {
  requireThat(name, value, Number.isSafeInteger(value) && value >= 1, 'Give a whole number of at least 1.');
}

/** @throws Resnet18ClassifierError `option-invalid` */
export function requireSchedule(schedule: LearningRateSchedule): void {
  const names = ['constant', 'cosine', 'poly'];
  if (typeof schedule === 'string') {
    requireThat('schedule', schedule, names.includes(schedule), `Choose from ${names.join(', ')}, or give an object.`);
    return;
  }
  for (const [name, value] of Object.entries(schedule)) {
    const holds = name === 'gamma' ? value > 0 && value <= 1 : Number.isSafeInteger(value) && value >= 1;
    requireThat(`schedule.${name}`, value, holds, 'Give a whole number of epochs from 1; gamma is above 0, at most 1.');
  }
}
