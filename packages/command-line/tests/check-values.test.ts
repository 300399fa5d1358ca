import { describe, expect, test } from '@jest/globals';
import { checkValues } from '../src/check-values.js';
import type { ArgumentDefinition } from '../src/index.js';

const define = (definition: Omit<ArgumentDefinition, 'describe'>): ArgumentDefinition => ({
  ...definition,
  describe: 'for the test',
});

describe('checkValues', () => {
  test.each([
    ['a fraction for a whole number', 0.5, define({ kind: 'integer' }), '--it is 0.5; it must be a whole number.'],
    [
      'a number below the least',
      0,
      define({ kind: 'integer', minimum: 1 }),
      '--it is 0; it must be a whole number of at least 1.',
    ],
    [
      'one of several above the greatest',
      [1, 7],
      define({ kind: 'integers', minimum: 0, maximum: 4 }),
      '--it is 7; it must be a whole number of at least 0 and at most 4.',
    ],
    [
      'a bound that must not be reached',
      0,
      define({ kind: 'number', exclusiveMinimum: 0, maximum: 1 }),
      '--it is 0; it must be a number above 0 and of at most 1.',
    ],
    ['NaN for a number', NaN, define({ kind: 'number' }), '--it is NaN; it must be a number.'],
    [
      'a value that is not among the choices',
      'wasn',
      define({ kind: 'string', choices: ['native', 'wasm'] }),
      '--it cannot be "wasn". Did you mean wasm?',
    ],
    [
      'one of several that is not among the choices',
      [18, 19],
      define({ kind: 'numbers', choices: [18, 34] }),
      '--it cannot be "19". Did you mean 18?',
    ],
  ])('refuses %s', (_, value, definition, message) => {
    expect(() => {
      checkValues('--it', value, definition);
    }).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  test('lets pass what is allowed', () => {
    checkValues('--it', [1, 2], define({ kind: 'integers', minimum: 1, maximum: 2 }));
    checkValues('--it', 0.5, define({ kind: 'number', exclusiveMinimum: 0, maximum: 1 }));
    checkValues('--it', 'wasm', define({ kind: 'string', choices: ['native', 'wasm'] }));
    checkValues('--it', true, define({ kind: 'boolean' }));
  });
});
