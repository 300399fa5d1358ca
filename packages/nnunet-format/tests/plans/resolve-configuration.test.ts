import { expect, test } from '@jest/globals';
import { resolveConfiguration, resolveNetworkConfiguration, type Plans } from '../../src/index.js';
import { parseFixture } from '../fixtures.js';

const { input: oldPlans, resolved } = parseFixture('old_format_conversion.json') as {
  input: Plans;
  resolved: Record<string, Record<string, unknown>>;
};
const plans = parseFixture('nnUNetPlans.json') as Plans;

test('networks of nnU-Net 2.0 to 2.2, and inherited keys, are resolved as by nnU-Net', () => {
  expect(Object.keys(resolved)).toEqual(['2d', '2d_bs4']);
  for (const [name, expected] of Object.entries(resolved)) {
    expect(resolveNetworkConfiguration(oldPlans, name)).toEqual(expected);
  }
});

test('present plans stay as they are', () => {
  expect(resolveConfiguration(plans, '2d')).toEqual(plans.configurations['2d']);
});

test('own keys go before those of the parent, and those before its parent’s', () => {
  const configurations = {
    ...plans.configurations,
    small: { inherits_from: '2d', batch_size: 3, patch_size: [16, 16] },
    smaller: { inherits_from: 'small', batch_size: 2 },
  };
  expect(resolveConfiguration({ configurations }, 'smaller')).toMatchObject({
    batch_size: 2,
    patch_size: [16, 16],
    spacing: plans.configurations['2d'].spacing,
  });
});

const flat = oldPlans.configurations['2d'];
test.each([
  ['an unknown name', { a: flat }, '3d', 'The plans have no configuration 3d.'],
  ['a circle', { a: { inherits_from: 'b' }, b: { inherits_from: 'a' } }, 'a', 'inherits from itself: a from b from a.'],
  [
    'a missing patch',
    { a: { ...flat, patch_size: undefined } },
    'a',
    'Configuration a of the plans has no patch_size.',
  ],
  ['a missing network', { a: { batch_size: 2, patch_size: [8, 8], batch_dice: true } }, 'a', 'has no architecture.'],
  [
    'an incomplete network of old plans',
    { a: { ...flat, conv_kernel_sizes: undefined } },
    'a',
    'has neither an architecture nor conv_kernel_sizes.',
  ],
  ['an unknown network', { a: { ...flat, UNet_class_name: 'MyUNet' } }, 'a', 'describes the network MyUNet.'],
])('%s is refused by name', (_, configurations, name, message) => {
  expect(() => resolveNetworkConfiguration({ configurations }, name)).toThrow(message);
});

test('what preprocessing needs is asked for only where cases are preprocessed', () => {
  expect(resolveNetworkConfiguration(oldPlans, '2d').batch_size).toBe(29);
  expect(() => resolveConfiguration(oldPlans, '2d')).toThrow(
    'Configuration 2d of the plans has no resampling_fn_data_kwargs, resampling_fn_seg_kwargs, resampling_fn_probabilities_kwargs.',
  );
});
