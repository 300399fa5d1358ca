import { expect, test } from '@jest/globals';
import { checkViewerModel } from '../../src/index.js';
import { standInModel } from '../support/write-test-page.js';

test('a description that is whole comes back as it is', () => {
  expect(checkViewerModel(standInModel)).toBe(standInModel);
  expect(checkViewerModel({ ...standInModel, threshold: null }).threshold).toBeNull();
});

test.each([
  ['format', 'another'],
  ['version', 2],
  ['name', 7],
  ['classes', []],
  ['classes', [{ label: 1.5, name: 'bright' }]],
  ['threshold', 1],
  ['threshold', 'NaN'],
  ['worker', '../../evil.js'],
  ['worker', 'https://evil.example/worker.js'],
  ['classifier', { name: 'one class', classes: ['whole'] }],
  ['classifier', { classes: ['whole', 'broken'] }],
  ['inference', null],
])('a description with another %s is refused', (name, value) => {
  expect(() => checkViewerModel({ ...standInModel, [name]: value })).toThrow(
    expect.objectContaining({ code: 'model-invalid' }),
  );
});

test.each([undefined, null, 'text', []])('%j is no description', (value) => {
  expect(() => checkViewerModel(value)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
});
