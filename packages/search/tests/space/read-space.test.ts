import { expect, test } from '@jest/globals';
import { readSpace } from '../../src/space/read-space.js';

test('lists, tables and ranges are read, a single value of a condition as a list', () => {
  const content = {
    recipe: ['nnunet', 'small-lesions'],
    momentum: { choices: [0.9, 0.99], when: { recipe: 'nnunet' } },
    learningRate: { from: 0.001, to: 0.1, scale: 'log' },
  };
  expect(readSpace(content, 'space.yaml')).toEqual({
    recipe: { choices: ['nnunet', 'small-lesions'] },
    momentum: { choices: [0.9, 0.99], when: { recipe: ['nnunet'] } },
    learningRate: { from: 0.001, to: 0.1, scale: 'log' },
  });
});

test.each([
  [{}, 'space.yaml has no settings to search.'],
  [{ a: [] }, 'space.yaml: a is [].'],
  [{ a: { from: 1 } }, 'space.yaml: a is {"from":1}.'],
  [{ a: { from: 1, to: 2, step: 1 } }, 'space.yaml: a is {"from":1,"to":2,"step":1}.'],
  [{ a: { from: 2, to: 1 } }, 'space.yaml: a goes from 2 to 1.'],
  [{ a: { from: 0, to: 1, scale: 'log' } }, 'space.yaml: a begins at 0.'],
  [{ a: { from: 0.5, to: 2, whole: true } }, 'space.yaml: a goes from 0.5 to 2.'],
  [{ a: [1, 1] }, 'space.yaml: a has 1 twice.'],
  [{ a: { choices: [1], when: { b: 2 } }, b: [2] }, 'space.yaml: a depends on b, which does not stand before it.'],
])('what is no space is refused: %j', (content, message) => {
  expect(() => readSpace(content, 'space.yaml')).toThrow(expect.objectContaining({ code: 'space-invalid', message }));
});
