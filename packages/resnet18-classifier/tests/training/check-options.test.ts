import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { beforeAll, expect, test } from '@jest/globals';
import {
  balancedRecipe,
  loadClassifier,
  plainRecipe,
  trainClassifier,
  type Augmentation,
  type BalancedRecipeOptions,
  type PlainRecipeOptions,
  type TrainClassifierOptions,
} from '../../src/index.js';
import { toySamples } from '../support/toy-samples.js';

let valid: TrainClassifierOptions;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  valid = {
    train: toySamples(4, { size: 16 }),
    validation: toySamples(2, { first: 8, size: 16 }),
    classNames: ['normal', 'fractured'],
    epochs: 1,
    batchSize: 4,
    outputDirectory: join(await temporaryFolder(), 'model'),
  };
});

const numbers = ['epochs', 'batchSize', 'seed', 'cacheBytes', 'inputChannels', 'workers'] as const;
const changing = (augmentation: Augmentation) => ({ recipe: plainRecipe({ augmentation }) });
const cases: [string, Partial<TrainClassifierOptions>][] = [
  ...numbers.flatMap((name) => [NaN, -1].map((value): [string, object] => [name, { [name]: value }])),
  ...(['epochs', 'batchSize', 'seed', 'inputChannels', 'workers'] as const).map((name): [string, object] => [
    name,
    { [name]: 1.5 },
  ]),
  ['classNames', { classNames: [] }],
  ['classNames', { classNames: ['one'] }],
  ['classNames', { classNames: ['a', 'a'] }],
  ['classNames', { classNames: ['a', ' '] }],
  ['outputDirectory', { outputDirectory: '' }],
  ['augmentation.shift', changing({ shift: NaN })],
  ['augmentation.horizontalFlip', changing({ horizontalFlip: 2 })],
  ['augmentation.rotation', changing({ rotation: -1 })],
  ['augmentation.blur', changing({ blur: [2, 1] })],
  ['normalisation.standardDeviation', { normalisation: { mean: [0], standardDeviation: [0] } }],
  ['normalisation.mean', { normalisation: { mean: [0, 0], standardDeviation: [1] } }],
];

test.each(cases)('the option %s is refused by name: %j', async (name, change) => {
  await expect(trainClassifier({ ...valid, ...change })).rejects.toMatchObject({
    code: 'option-invalid',
    message: expect.stringContaining(`The option ${name} is `) as unknown,
  });
});

const ofPlain: [string, PlainRecipeOptions][] = [
  ...(['learningRate', 'weightDecay'] as const).flatMap((name) =>
    [NaN, -1].map((value): [string, object] => [name, { [name]: value }]),
  ),
  ['optimizer', { optimizer: 'rmsprop' as never }],
  ['schedule', { schedule: 'sometimes' as never }],
  ['schedule.stepSize', { schedule: { stepSize: 0 } }],
];

test.each(ofPlain)('of the plain recipe the option %s is refused by name: %j', (name, change) => {
  expect(() => plainRecipe(change)).toThrow(`The option ${name} is `);
});

const ofBalanced: [string, BalancedRecipeOptions][] = [
  ...(
    ['learningRate', 'weightDecay', 'clipNorm', 'warmUp', 'labelSmoothing', 'averagingDecay', 'frozenStride'] as const
  ).flatMap((name) => [NaN, -1].map((value): [string, object] => [name, { [name]: value }])),
  ...(['warmUp', 'labelSmoothing', 'averagingDecay'] as const).map((name): [string, object] => [name, { [name]: 1 }]),
];

test.each(ofBalanced)('of the balanced recipe the option %s is refused by name: %j', (name, change) => {
  expect(() => balancedRecipe(change)).toThrow(`The option ${name} is `);
});

test('a batch size that is no count is refused in prediction, too', async () => {
  const { checkpoint } = await trainClassifier(valid);
  const classifier = await loadClassifier(checkpoint);
  for (const batchSize of [NaN, 0, -1, 1.5]) {
    await expect(classifier.predict(valid.train, { batchSize })).rejects.toMatchObject({ code: 'option-invalid' });
    await expect(classifier.explain(valid.train, { batchSize })).rejects.toMatchObject({ code: 'option-invalid' });
  }
  classifier.dispose();
});
