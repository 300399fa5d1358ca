import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import { balancedRecipe, trainClassifier } from '../../src/index.js';
import { readClassifierCheckpoint } from '../../src/training/checkpoint.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(120_000);

let root: string;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  root = await temporaryFolder('statistics-');
});

/** The variances of the last norm of EfficientNet-Lite0 after two steps, whose batches enter them by a hundredth each. */
async function variancesAfter(statisticsBatches: number): Promise<number[]> {
  const { checkpoint } = await trainClassifier({
    train: toySamples(8),
    validation: toySamples(4, { first: 8 }),
    classNames: ['without', 'with'],
    network: 'efficientnet-lite0',
    recipe: balancedRecipe({ statisticsBatches, averagingDecay: 0 }),
    epochs: 1,
    batchSize: 4,
    outputDirectory: join(root, String(statisticsBatches)),
  });
  const { weights } = await readClassifierCheckpoint(checkpoint);
  return [...weights.get('_bn1.running_var')!.data].map(Number);
}

test('the network that is validated and kept has statistics of its own images, however few its steps', async () => {
  const [left, measured] = [await variancesAfter(0), await variancesAfter(2)];
  // Those of the beginning are 1.
  expect(Math.min(...left)).toBeGreaterThan(0.95);
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  expect(Math.abs(mean - 1)).toBeGreaterThan(0.1);
});
