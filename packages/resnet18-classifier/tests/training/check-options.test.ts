import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { beforeAll, expect, test } from '@jest/globals';
import { loadClassifier, trainClassifier, type TrainClassifierOptions } from '../../src/index.js';
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

const numbers = ['epochs', 'batchSize', 'learningRate', 'weightDecay', 'seed', 'cacheBytes', 'inputChannels'] as const;
const cases: [string, Partial<TrainClassifierOptions>][] = [
  ...numbers.flatMap((name) => [NaN, -1].map((value): [string, object] => [name, { [name]: value }])),
  ...(['epochs', 'batchSize', 'seed', 'inputChannels'] as const).map((name): [string, object] => [
    name,
    { [name]: 1.5 },
  ]),
  ['classNames', { classNames: [] }],
  ['classNames', { classNames: ['one'] }],
  ['classNames', { classNames: ['a', 'a'] }],
  ['classNames', { classNames: ['a', ' '] }],
  ['outputDirectory', { outputDirectory: '' }],
  ['optimizer', { optimizer: 'rmsprop' as never }],
  ['schedule', { schedule: 'sometimes' as never }],
  ['schedule.stepSize', { schedule: { stepSize: 0 } }],
  ['augmentation.shift', { augmentation: { shift: NaN } }],
  ['augmentation.horizontalFlip', { augmentation: { horizontalFlip: 2 } }],
  ['augmentation.rotation', { augmentation: { rotation: -1 } }],
  ['augmentation.blur', { augmentation: { blur: [2, 1] } }],
  ['normalisation.standardDeviation', { normalisation: { mean: [0], standardDeviation: [0] } }],
  ['normalisation.mean', { normalisation: { mean: [0, 0], standardDeviation: [1] } }],
];

test.each(cases)('the option %s is refused by name: %j', async (name, change) => {
  await expect(trainClassifier({ ...valid, ...change })).rejects.toMatchObject({
    code: 'option-invalid',
    message: expect.stringContaining(`The option ${name} is `) as unknown,
  });
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
