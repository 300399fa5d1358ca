import type { Plans } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { planForCpu } from '../../src/index.js';
import { readReference } from '../golden.js';

const plans = readReference('nnunet-v2/vectors/plans/A_nnUNetPlans.verbatim.json') as Plans;

test('halves features, lowers the batch, keeps patches and data, and says why', () => {
  const { plans: smaller, reasons } = planForCpu(plans, { inputs: 1, outputs: 2 });
  const [before, after] = [plans, smaller].map(({ configurations }) => configurations['2d']);
  const features = (of: typeof before) =>
    (of.architecture!.arch_kwargs as { features_per_stage: number[] }).features_per_stage;
  expect(smaller.plans_name).toBe(`${plans.plans_name}_cpu`);
  expect(features(after)).toEqual(features(before).map((count) => count / 2));
  expect(after.batch_size).toBeLessThanOrEqual(before.batch_size!);
  expect(after.batch_size).toBeGreaterThanOrEqual(2);
  expect({ ...after, architecture: null, batch_size: 0 }).toEqual({ ...before, architecture: null, batch_size: 0 });
  expect(reasons.join()).toMatch(/2d for a processor: features .* batch \d+ instead of \d+; .* GFLOP instead of/);
});

test('quarters features where two samples would be too much', () => {
  const large = structuredClone(plans);
  large.configurations['2d'].patch_size = [2048, 2048];
  const { plans: smaller } = planForCpu(large, { inputs: 1, outputs: 2 });
  const kwargs = smaller.configurations['2d'].architecture!.arch_kwargs as { features_per_stage: number[] };
  expect(kwargs.features_per_stage[0]).toBe(8);
  expect(smaller.configurations['2d'].batch_size).toBe(2);
});
