import { expect, test } from '@jest/globals';
import { FracturaError, printable } from '../src/index.js';

test.each([
  ['wrist.png', 'wrist.png'],
  ['Röntgen 手.png', 'Röntgen 手.png'],
  ['a\u001b[2Jb', 'a\\u001b[2Jb'],
  ['a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['a\u0000\u007f\u0085\u009bb', 'a\\u0000\\u007f\\u0085\\u009bb'],
  ['gnp.\u202etsirw', 'gnp.\\u202etsirw'],
  ['a\u2028b\ud800', 'a\\u2028b\\ud800'],
  ['🦴', '🦴'],
])('%j is shown as %j', (name, shown) => {
  expect(printable(name)).toBe(shown);
});

test('no error shows what a terminal obeys, and its lines stay lines', () => {
  const error = new FracturaError('a\u001b[31m.png is\nmissing.', { code: 'x', remedy: 'Look for a\u0007.' });
  expect(error.message).toBe('a\\u001b[31m.png is\nmissing.');
  expect(error.remedy).toBe('Look for a\\u0007.');
});
