import type { ArgumentDefinition } from './command-definition.js';
import { nearestName } from './nearest-name.js';
import { UsageError } from './usage-error.js';

type Value = string | number | boolean;

/**
 * Checks what was given for one argument, one value or several, against its definition: numbers, their range, the choices.
 *
 * @param argument how the argument is spelled in messages, such as `--step-size`.
 * @throws UsageError that names the argument, the value and what is allowed.
 */
export function checkValues(argument: string, given: Value | readonly Value[], definition: ArgumentDefinition): void {
  for (const value of [given].flat<(Value | readonly Value[])[]>()) {
    if (typeof value === 'number') {
      checkNumber(argument, value, definition);
    }
    if (definition.choices !== undefined && typeof value !== 'boolean') {
      checkChoice(argument, value, definition.choices);
    }
  }
}

function checkNumber(argument: string, value: number, definition: ArgumentDefinition): void {
  const { kind, minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = definition;
  const whole = kind === 'integer' || kind === 'integers';
  if (
    Number.isNaN(value) ||
    (whole && !Number.isInteger(value)) ||
    value < minimum ||
    value > maximum ||
    value <= exclusiveMinimum
  ) {
    throw new UsageError(`${argument} is ${value}; it must be ${describeNumbers(definition)}.`);
  }
}

/** `a whole number of at least 1`, `a number above 0 and at most 1`. */
export function describeNumbers({ kind, minimum, maximum, exclusiveMinimum }: ArgumentDefinition): string {
  const bounds = [];
  if (exclusiveMinimum !== undefined) {
    bounds.push(`above ${exclusiveMinimum}`);
  }
  if (minimum !== undefined) {
    bounds.push(`of at least ${minimum}`);
  }
  if (maximum !== undefined) {
    bounds.push(minimum === undefined ? `of at most ${maximum}` : `at most ${maximum}`);
  }
  const noun = kind === 'integer' || kind === 'integers' ? 'a whole number' : 'a number';
  return [noun, bounds.join(' and ')].filter(Boolean).join(' ');
}

function checkChoice(argument: string, value: string | number, choices: readonly (string | number)[]): void {
  if (choices.includes(value)) {
    return;
  }
  const nearest = nearestName(String(value), choices.map(String));
  const suggestion = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new UsageError(`${argument} cannot be "${value}".${suggestion}`, {
    remedy: `Choose from ${choices.join(', ')}.`,
  });
}
