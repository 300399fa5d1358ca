import { expect, test } from '@jest/globals';
import { readFoldList, readFoldNames } from '../../src/commands/fold-option.js';

test('folds are numbers, all, or several', () => {
  expect(readFoldList('3')).toEqual([3]);
  expect(readFoldList('all')).toEqual(['all']);
  expect(readFoldList('0,1,2,3,4')).toEqual([0, 1, 2, 3, 4]);
  expect(readFoldNames(['0', '2'])).toEqual([0, 2]);
});

test.each([
  ['x', '"x" is not a fold.'],
  ['0,1.5', '"1.5" is not a fold.'],
  ['1,1', 'A fold is named twice in 1, 1.'],
])('%s is refused', (text, message) => {
  expect(() => readFoldList(text)).toThrow(message);
});
