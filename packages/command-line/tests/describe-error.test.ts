import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { describeError } from '../src/index.js';

test('a system error names its path, what is wrong and the remedy', async () => {
  const error: unknown = await readFile('no/such/file').catch((reason: unknown) => reason);
  expect(describeError(error)).toEqual({ message: 'no/such/file: no such file or folder.', remedy: 'Check the path.' });
});

test('an unexpected error says so', () => {
  expect(describeError(new TypeError('x is not a function')).message).toBe('Unexpected failure: x is not a function.');
});
