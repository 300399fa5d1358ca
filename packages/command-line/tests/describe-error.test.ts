import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { describeError, formatDuration, normalizeArguments } from '../src/index.js';

test('a system error names its path, what is wrong and the remedy', async () => {
  const error: unknown = await readFile('no/such/file').catch((reason: unknown) => reason);
  expect(describeError(error)).toEqual({ message: 'no/such/file: no such file or folder', remedy: 'Check the path.' });
});

test('an unexpected error says so', () => {
  expect(describeError(new TypeError('x is not a function')).message).toBe('unexpected failure: x is not a function');
});

test('arguments after -- and negative numbers are left alone', () => {
  expect(normalizeArguments(['run', '-x', '-1', '-0.5', '--', '-a_b'], [])).toEqual([
    'run',
    '-x',
    '-1',
    '-0.5',
    '--',
    '-a_b',
  ]);
});

test('durations read well', () => {
  expect([400, 9_960, 42_000, 59_700, 239_700, 7_500_000].map(formatDuration)).toEqual([
    '0.4 s',
    '10 s',
    '42 s',
    '1 min 0 s',
    '4 min 0 s',
    '2 h 5 min',
  ]);
});
