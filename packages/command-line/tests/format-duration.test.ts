import { expect, test } from '@jest/globals';
import { formatDuration } from '../src/index.js';

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
