import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { trainFold } from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { focalRecipe } from '../support/focal-recipe.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the README shows a recipe of one’s own as it is run here, in about thirty lines', () => {
  const source = textOf('../support/focal-recipe.ts').replace('../../src/index.js', '@fractura/unet-model');
  const blocks = [...textOf('../../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks).toContain(source);
  expect(source.split('\n').length).toBeLessThan(35);
});

test('the README’s recipe learns', async () => {
  await useWasm();
  const { log } = await trainFold({
    plans: toyPlans,
    configuration: '2d',
    datasetJson: toyDatasetJson,
    cases: toyCases(5),
    split: { train: ['toy_0', 'toy_1', 'toy_2', 'toy_3'], val: ['toy_4'] },
    outputDirectory: join(await temporaryFolder('unet-readme-'), 'fold_0'),
    epochs: 4,
    iterationsPerEpoch: 12,
    validationIterations: 2,
    batchSize: 4,
    recipe: focalRecipe({ learningRate: 1e-2 }),
    workers: 0,
    seed: 1,
  });
  expect(log.train_losses.at(-1)!).toBeLessThan(log.train_losses[0] / 2);
  expect(log.mean_fg_dice.at(-1)!).toBeGreaterThan(0.5);
});
