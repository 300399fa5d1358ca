import { MetricsError } from './errors.js';

/**
 * What an argument must be, as plain data, which bundles leave out with the function that it belongs to: a word of `kinds`, a word
 * of `typeof`, choices as `'a|b'`, a list as `[Schema]`, or fields by name, those that may be left out with `?`.
 */
export type Schema = string | readonly Schema[] | { readonly [field: string]: Schema };

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

const kinds: Record<string, (value: unknown) => boolean> = {
  'finite number': (value) => Number.isFinite(value),
  'whole number': (value) => Number.isInteger(value) && (value as number) >= 0,
  list: (value) => Array.isArray(value),
  numbers: (value) => isObject(value) && 'length' in value,
  label: (value) => typeof value === 'number' || Array.isArray(value),
  object: isObject,
};

/**
 * Checks options, or arguments by their names, which a caller without types may get wrong; gives them back.
 *
 * @throws MetricsError `option-invalid`, which names the argument, its value and what it must be.
 */
export function checkGiven<Given>(given: Given, schema: Schema, place = 'options'): Given {
  const kind = typeof schema === 'string' ? schema : Array.isArray(schema) ? 'list' : 'object';
  const fits = kind.includes('|')
    ? kind.split('|').includes(String(given))
    : (kinds[kind]?.(given) ?? typeof given === kind);
  if (!fits) {
    throw new MetricsError(`The argument ${place} is ${isObject(given) ? 'an object' : String(given)}.`, {
      code: 'option-invalid',
      remedy: `Expected: ${kind}.`,
    });
  }
  for (const field in (schema === kind ? {} : kind === 'list' ? given : schema) as object) {
    const name = field.replace('?', '');
    const part = (given as Record<string, unknown>)[name];
    if (part !== undefined || name === field) {
      checkGiven(part, (schema as Record<string, Schema>)[kind === 'list' ? 0 : field], `${place}.${name}`);
    }
  }
  return given;
}
