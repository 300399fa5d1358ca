import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readSearchPlan } from '../../src/search/search-plan.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('fractura-search-plan-');
});

async function read(content: object, overrides?: { points: number }) {
  // JSON is YAML.
  const file = join(folder, 'space.yaml');
  await writeFile(file, JSON.stringify(content));
  return readSearchPlan(file, overrides);
}
const small = { target: 'segmentation', method: 'random', space: { learningRate: [0.1, 0.01] } };

test('what is left out has a default, and points of the command line count more', async () => {
  expect(await read(small)).toMatchObject({ points: 20, seed: 0, seeds: [0], folds: 3, settings: {} });
  expect(await read({ ...small, points: 4 }, { points: 7 })).toMatchObject({ points: 7 });
  expect((await read({ ...small, method: 'grid' })).points).toBeUndefined();
});

test.each([
  [{ ...small, target: 'teacher' }, 'target is "teacher".', 'It must be segmentation or classifier.'],
  [{ ...small, method: undefined }, 'method is not given.', 'It must be grid, random or halving.'],
  [{ ...small, fold: 3 }, 'there is no fold.', 'Did you mean folds?'],
  [{ ...small, folds: 1 }, 'folds is 1.', 'from 2 to 20'],
  [{ ...small, settings: { hours: 1 } }, 'the settings have hours.', 'Leave hours out'],
  [{ ...small, settings: { learningRate: 1 } }, 'learningRate is both searched and set.', 'Leave learningRate out'],
  [{ ...small, space: { learningRat: [1] } }, 'learningRat cannot be searched', 'Did you mean learningRate?'],
  [{ ...small, space: { classifierEpochs: [1] } }, 'cannot be searched for a segmentation', 'It may be one of'],
  [{ ...small, space: { momentum: [2] } }, 'The setting momentum is 2.', 'from 0 to 1'],
  [{ ...small, space: { epochs: { from: 0, to: 3 } } }, 'The setting epochs is 0.', 'from 1'],
  [{ ...small, space: {} }, 'has no settings to search.', 'Write each setting'],
  [{ ...small, method: 'halving' }, 'has no halving.', 'halving: {from: 2, to: 18}'],
  [{ ...small, halving: { from: 1, to: 2 } }, 'has halving, but its method is random.', 'method: halving'],
  [
    { ...small, method: 'halving', halving: { from: 1, to: 3 }, settings: { epochs: 3 } },
    'halving sets epochs itself.',
    'Leave epochs out',
  ],
  [
    { ...small, method: 'halving', halving: { from: 3, to: 1 } },
    'halving goes from 3 to 1 epochs.',
    'from fewer to more',
  ],
])('a wrong file is refused with its name: %j', async (content, message, remedy) => {
  await expect(read(content)).rejects.toMatchObject({
    message: expect.stringContaining(message) as unknown,
    remedy: expect.stringContaining(remedy) as unknown,
  });
});

test('text that is no YAML, and YAML that is no table, are refused', async () => {
  const file = join(folder, 'broken.yaml');
  await writeFile(file, 'target: [');
  await expect(readSearchPlan(file)).rejects.toMatchObject({ code: 'search-invalid' });
  await writeFile(file, '- 1');
  await expect(readSearchPlan(file)).rejects.toThrow('broken.yaml is not a space file.');
});
