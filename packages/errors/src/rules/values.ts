import { ruleOf, type Rule } from './rule.js';

/** A text, which may be empty. */
export const anyText = ruleOf('a text', (value) => typeof value === 'string');

/** A text that is not empty: a name, a path. */
export const text = ruleOf('a text that is not empty', (value) => typeof value === 'string' && value !== '');

export const flag = ruleOf('true or false', (value) => typeof value === 'boolean');

export const callback = ruleOf('a function', (value) => typeof value === 'function');

/** Any value, undefined included: for what is checked elsewhere. */
export const anything = ruleOf('anything', () => true);

/** An object of a class or with parts that are checked elsewhere. */
export const object = ruleOf('an object', (value) => typeof value === 'object' && value !== null);

/** What can stop a work: an AbortSignal, of whatever realm. */
export const signal = ruleOf(
  'an AbortSignal',
  (value) => typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value,
);

// @__NO_SIDE_EFFECTS__
export const oneOf = (choices: readonly unknown[]): Rule =>
  ruleOf(`one of ${choices.join(', ')}`, (value) => choices.includes(value));
