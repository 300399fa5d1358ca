import { describeNumbers } from './check-values.js';
import type { ArgumentDefinition } from './command-definition.js';
import { UsageError } from './usage-error.js';

/** One value of an argument. */
export type ArgumentValue = string | number | boolean;

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads what was given for an argument: numbers out of words, several of them also as `0,1,2`. Texts stay.
 *
 * @throws UsageError for a word that is no number, and for an empty text, with the argument named.
 */
export function readValues(
  argument: string,
  given: ArgumentValue | readonly ArgumentValue[],
  definition: ArgumentDefinition,
): ArgumentValue | ArgumentValue[] {
  if (typeof given === 'object') {
    const isList = definition.kind === 'numbers' || definition.kind === 'integers';
    const words = isList
      ? given.flatMap((word): ArgumentValue[] => (typeof word === 'string' ? word.split(',') : [word]))
      : given;
    return words.map((word) => readValue(argument, word, definition));
  }
  return readValue(argument, given, definition);
}

function readValue(argument: string, word: ArgumentValue, definition: ArgumentDefinition): ArgumentValue {
  const { kind } = definition;
  if (typeof word !== 'string' || kind === 'boolean') {
    return word;
  }
  if (kind === 'string' || kind === 'strings') {
    if (word === '') {
      throw new UsageError(`${argument} is empty.`, { remedy: `It is: ${definition.describe}.` });
    }
    return word;
  }
  const value = number.test(word) ? Number(word) : NaN;
  if (Number.isFinite(value)) {
    return value;
  }
  throw new UsageError(`${argument} is "${word}"; it must be ${describeNumbers(definition)}.`);
}
