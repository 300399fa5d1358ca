import { expect, test } from '@jest/globals';
import { buildUnet, encodeOnnx, trainFold, UnetModelError } from '../src/index.js';
import type { BuildUnetOptions, EncodeOnnxOptions, TrainFoldOptions } from '../src/index.js';

const sound = {
  plans: {},
  configuration: '2d',
  datasetJson: {},
  cases: [],
  split: { train: [], val: [] },
  outputDirectory: '/nowhere',
} as unknown as TrainFoldOptions;

test.each([
  [null, 'The options are null.'],
  [{ ...sound, epochs: NaN }, 'The option epochs is NaN.'],
  [{ ...sound, epochs: 0 }, 'The option epochs is 0.'],
  [{ ...sound, iterationsPerEpoch: 1.5 }, 'The option iterationsPerEpoch is 1.5.'],
  [{ ...sound, batchSize: -1 }, 'The option batchSize is -1.'],
  [{ ...sound, outputDirectory: '' }, 'The option outputDirectory is "".'],
  [{ ...sound, split: { train: [null], val: [] } }, 'The option split.train[0] is null.'],
  [{ ...sound, checkpointSeconds: '60' }, 'The option checkpointSeconds is "60".'],
])('a training is refused before it begins: %j', async (options, message) => {
  const refused = expect(trainFold(options as TrainFoldOptions)).rejects;
  await refused.toMatchObject({ name: 'UnetModelError', code: 'option-invalid', message });
});

test('a network is built of a block and whole numbers of channels', () => {
  const build = (options: unknown) => () => buildUnet(options as BuildUnetOptions);
  expect(build(null)).toThrow(UnetModelError);
  expect(build({ architecture: null, inputChannels: 1, outputChannels: 2 })).toThrow(
    'The option architecture is null.',
  );
  expect(build({ architecture: {}, inputChannels: 1.5, outputChannels: 2 })).toThrow(
    'The option inputChannels is 1.5.',
  );
});

test("a plan's block is not taken for the architecture of a network", () => {
  const architecture = { network_class_name: 'PlainConvUNet', arch_kwargs: {} };
  const encode = () =>
    encodeOnnx({
      architecture,
      inputChannels: 1,
      outputChannels: 2,
      weights: new Map(),
    } as unknown as EncodeOnnxOptions);
  expect(encode).toThrow('that of a plan, not of a network');
});
