import { expect, test } from '@jest/globals';
import { syntheticSettings } from '../../src/settings/default-settings.js';
import { resolveSettings } from '../../src/settings/resolve-settings.js';

const resolve = (layer: Record<string, unknown>) => () => resolveSettings(syntheticSettings, layer);

test('later layers win and absent values change nothing', () => {
  const settings = resolveSettings(syntheticSettings, { epochs: 7, size: 96 }, { epochs: undefined, size: 128 });
  expect(settings).toEqual({ ...syntheticSettings, epochs: 7, size: 128 });
});

test.each([
  ['folds', 1, 'The setting folds is 1.', 'folds must be a whole number from 2 to 20.'],
  ['epochs', 1.5, 'The setting epochs is 1.5.', 'epochs must be a whole number from 1 to 100000.'],
  ['seed', -1, 'The setting seed is -1.', 'seed must be a whole number from 0 to 4294967295.'],
  ['momentum', 2, 'The setting momentum is 2.', 'momentum must be a number from 0 to 1.'],
  ['mirroring', 'yes', 'The setting mirroring is "yes".', 'mirroring must be true or false.'],
  ['planFor', 'tpu', 'The setting planFor is "tpu".', 'planFor must be one of gpu, cpu.'],
])('the bad value of %s (%j) is refused with the value and what is allowed', (name, value, message, remedy) => {
  expect(resolve({ [name]: value })).toThrow(expect.objectContaining({ code: 'setting-invalid', message, remedy }));
});

test('several bad values are named at once', () => {
  expect(resolve({ folds: 1, size: 5 })).toThrow(
    expect.objectContaining({
      message: 'The setting size is 5. The setting folds is 1.',
      remedy: 'size must be a whole number from 16 to 4096. folds must be a whole number from 2 to 20.',
    }),
  );
});

test('an unknown setting is refused, and the nearest known one is named', () => {
  expect(resolve({ epoch: 1, size: 5 })).toThrow(
    expect.objectContaining({
      code: 'setting-unknown',
      message: 'There is no setting epoch.',
      remedy: expect.stringMatching(/^Did you mean epochs\? The settings are: seed, size, .*, syntheticNormal\.$/),
    }),
  );
  expect(resolve({ flavour: 1 })).toThrow(expect.objectContaining({ remedy: expect.stringMatching(/^The settings/) }));
});
