import { expect, test } from '@jest/globals';
import { gridPoints } from '../../src/points/grid-points.js';

test('a grid has every combination, the last setting changing fastest', () => {
  const space = { batch: { choices: [8, 16] }, momentum: { from: 0.9, to: 0.99, steps: 3 } };
  expect(gridPoints(space)).toEqual([
    { batch: 8, momentum: 0.9 },
    { batch: 8, momentum: 0.945 },
    { batch: 8, momentum: 0.99 },
    { batch: 16, momentum: 0.9 },
    { batch: 16, momentum: 0.945 },
    { batch: 16, momentum: 0.99 },
  ]);
});

test('steps of a logarithmic range are even by their powers, whole ones are whole and each once', () => {
  expect(gridPoints({ rate: { from: 0.001, to: 10, scale: 'log', steps: 5 } }).map(({ rate }) => rate)).toEqual([
    0.001, 0.01, 0.1, 1, 10,
  ]);
  const whole = gridPoints({ batch: { from: 1, to: 4, scale: 'log', whole: true, steps: 8 } });
  expect(whole.map(({ batch }) => batch)).toEqual([1, 2, 3, 4]);
});

test('a setting that does not apply is absent, and no point comes twice', () => {
  const space = {
    recipe: { choices: ['nnunet', 'small-lesions'] },
    momentum: { choices: [0.9, 0.99], when: { recipe: ['nnunet'] } },
    nesterov: { choices: [true, false], when: { momentum: [0.99] } },
  };
  expect(gridPoints(space)).toEqual([
    { recipe: 'nnunet', momentum: 0.9 },
    { recipe: 'nnunet', momentum: 0.99, nesterov: true },
    { recipe: 'nnunet', momentum: 0.99, nesterov: false },
    { recipe: 'small-lesions' },
  ]);
});

test('a range without steps has no grid', () => {
  expect(() => gridPoints({ rate: { from: 0.1, to: 1 } })).toThrow(
    expect.objectContaining({ code: 'points-invalid', message: expect.stringContaining('rate') as unknown }),
  );
});
