import { expect, test } from '@jest/globals';
import { normalizeArguments } from '../src/index.js';

test('arguments after -- and negative numbers are left alone', () => {
  expect(normalizeArguments(['run', '-x', '-1', '-0.5', '--', '-a_b'])).toEqual([
    'run',
    '-x',
    '-1',
    '-0.5',
    '--',
    '-a_b',
  ]);
});
