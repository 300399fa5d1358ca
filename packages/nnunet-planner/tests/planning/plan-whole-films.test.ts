import { resolveConfiguration, type Plans } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { planWholeFilms } from '../../src/index.js';
import { readReference } from '../golden.js';

const plans = readReference('nnunet-v2/vectors/plans/A_nnUNetPlans.verbatim.json') as Plans;

test('the new configuration is the planned one, with a patch that holds every film', () => {
  const added = planWholeFilms(plans, { from: '2d', name: '2d_films', size: 450 });
  const [planned, films] = ['2d', '2d_films'].map((name) => resolveConfiguration(added, name));
  expect(films).toEqual({ ...planned, inherits_from: '2d', patch_size: [512, 512] });
  expect(plans.configurations).not.toHaveProperty('2d_films');
});

test('a size that strides divide is the patch itself, and the batch may be given', () => {
  const added = planWholeFilms(plans, { from: '2d', name: '2d_films', size: 448, batchSize: 3 });
  expect(resolveConfiguration(added, '2d_films')).toMatchObject({ patch_size: [448, 448], batch_size: 3 });
});
