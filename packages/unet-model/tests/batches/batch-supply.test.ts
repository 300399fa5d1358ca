import { afterEach, expect, test } from '@jest/globals';
import { BatchSupply } from '../../src/batches/batch-supply.js';
import type { BatchId, BatchSource } from '../../src/batches/batch-method.js';
import { shareCase } from '../../src/data/shared-case.js';
import { readLabels } from '@fractura/nnunet-format';
import { toyCases, toyDatasetJson } from '../support/toy-dataset.js';

const source: BatchSource = {
  cases: toyCases(4).map(shareCase),
  labels: readLabels(toyDatasetJson),
  batchSize: 2,
  patchSize: [16, 16],
  method: { kind: 'patches', augmentation: 'default' },
  scales: [[1, 1]],
  seed: 3,
};
const order: BatchId[] = Array.from({ length: 9 }, (_, number) => ({ source: number % 2, number }));
const sources: BatchSource[] = [source, { ...source, method: { kind: 'patches', augmentation: 'none' } }];

let supply: BatchSupply | undefined;
afterEach(() => supply?.close());

async function takeAll(workers: number) {
  supply = new BatchSupply({ sources, order, workers });
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
  const broken = { ...source, cases: [] };
  supply = new BatchSupply({ sources: [broken], order: [{ source: 0, number: 0 }], workers: 1 });
  await expect(supply.next()).rejects.toMatchObject({
    code: 'worker-died',
    message: expect.stringContaining('no whole number'),
  });
});

test('shares the memory of cases, once', () => {
  const [shared] = source.cases;
  expect(shared.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shareCase(shared).data).toBe(shared.data);
  expect([...shared.segmentation]).toEqual([...toyCases(1)[0].segmentation]);
});
