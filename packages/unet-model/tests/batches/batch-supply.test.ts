import { afterEach, expect, test } from '@jest/globals';
import { setUpAugmentation } from '../../src/augmentation/augmentation-setup.js';
import { BatchSupply, type BatchId } from '../../src/batches/batch-supply.js';
import type { BatchRecipe } from '../../src/batches/batch-source.js';
import { shareCase } from '../../src/data/shared-case.js';
import { readLabels } from '@fractura/nnunet-format';
import { toyCases, toyDatasetJson } from '../support/toy-dataset.js';

const recipe: BatchRecipe = {
  cases: toyCases(4).map(shareCase),
  labels: readLabels(toyDatasetJson),
  batchSize: 2,
  setup: setUpAugmentation('default', { patchSize: [16, 16] }),
  scales: [[1, 1]],
  seed: 3,
};
const order: BatchId[] = Array.from({ length: 9 }, (_, number) => ({ recipe: number % 2, number }));
const recipes = [recipe, { ...recipe, setup: setUpAugmentation('none', { patchSize: [16, 16] }) }];

let supply: BatchSupply | undefined;
afterEach(() => supply?.close());

async function takeAll(workers: number) {
  supply = new BatchSupply({ recipes, order, workers });
  const batches = [];
  for (let taken = 0; taken < order.length; taken += 1) {
    batches.push(await supply.next());
  }
  await supply.close();
  return batches;
}

test('gives the same batches whatever the number of threads', async () => {
  const alone = await takeAll(0);
  expect(await takeAll(1)).toEqual(alone);
  expect(await takeAll(3)).toEqual(alone);
  expect(alone[0].image).not.toEqual(alone[2].image);
});

test('says that a thread died, and why, where its batch is taken', async () => {
  const broken = { ...recipe, cases: [] };
  supply = new BatchSupply({ recipes: [broken], order: [{ recipe: 0, number: 0 }], workers: 1 });
  await expect(supply.next()).rejects.toMatchObject({
    code: 'worker-died',
    message: expect.stringContaining('no whole number'),
  });
});

test('shares the memory of cases, once', () => {
  const [shared] = recipe.cases;
  expect(shared.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shareCase(shared).data).toBe(shared.data);
  expect([...shared.segmentation]).toEqual([...toyCases(1)[0].segmentation]);
});
