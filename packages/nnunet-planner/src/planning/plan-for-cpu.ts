import { checkArguments, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import { type PlanConfiguration, type Plans, plansRule } from '@fractura/nnunet-format';
import { roundHalfToEven } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';

/** Work of a training step in 1e9 operations: two cores with AVX2 do it in one to two seconds. */
const stepGflop = 200;
/** By how much features are divided, from the mildest on: half the features are a quarter of the work. */
const divisors = [2, 4];
const smallestBatch = 2;

/** A plan for training on a processor, and why it is so. */
export interface CpuPlan {
  plans: Plans;
  /** One sentence for each configuration. */
  reasons: string[];
}

/**
 * Makes smaller networks and batches of a plan, so that a training step stays within what a processor does in a second or
 * two: half the features, or a quarter where even two samples would be too much, and as many samples as fit. Patches,
 * spacings and depth stay, so the cases preprocessed for the plan serve this one too, and real nnU-Net trains it as well.
 *
 * The plan's name gets the ending `_cpu`.
 */
export function planForCpu(plans: Plans, channels: { inputs: number; outputs: number }): CpuPlan {
  checkArguments({ plans, channels }, planForCpuArguments, NnunetPlannerError);
  const reasons: string[] = [];
  const configurations = Object.fromEntries(
    Object.entries(plans.configurations).map(([name, configuration]): [string, typeof configuration] => {
      if (configuration.architecture === undefined) {
        return [name, configuration];
      }
      const { smaller, reason } = shrink(name, configuration as PlanConfiguration, channels);
      reasons.push(reason);
      return [name, smaller];
    }),
  );
  return { plans: { ...plans, plans_name: `${plans.plans_name}_cpu`, configurations }, reasons };
}

function shrink(
  name: string,
  configuration: PlanConfiguration,
  channels: { inputs: number; outputs: number },
): { smaller: PlanConfiguration; reason: string } {
  const { architecture, batch_size: planned, patch_size: patch } = configuration;
  const kwargs = architecture.arch_kwargs as unknown as NetworkArguments;
  const features = (divisor: number) =>
    kwargs.features_per_stage.map((count) => Math.max(1, roundHalfToEven(count / divisor)));
  const work = (divisor: number) => sampleGflop({ ...kwargs, features_per_stage: features(divisor) }, patch, channels);
  const divisor = divisors.find((each) => smallestBatch * work(each) <= stepGflop) ?? divisors[divisors.length - 1];
  const batch = Math.min(planned, Math.max(smallestBatch, Math.floor(stepGflop / work(divisor))));
  const [from, to] = [planned * work(1), batch * work(divisor)].map((gflop) => gflop.toFixed(0));
  return {
    smaller: {
      ...configuration,
      batch_size: batch,
      architecture: {
        ...architecture,
        arch_kwargs: { ...architecture.arch_kwargs, features_per_stage: features(divisor) },
      },
    },
    reason:
      `${name} for a processor: features ${features(divisor).join(', ')} (divided by ${divisor}), batch ${batch} instead of ` +
      `${planned}; a training step takes ${to} GFLOP instead of ${from}, where about ${stepGflop} are a second or two on two cores.`,
  };
}

interface NetworkArguments {
  features_per_stage: number[];
  kernel_sizes: number[][];
  strides: number[][];
  n_conv_per_stage?: number[];
  n_blocks_per_stage?: number[];
  n_conv_per_stage_decoder: number[];
}

/** Operations of the convolutions of a training step on one sample, in 1e9: two for each multiplication, three passes. */
function sampleGflop(
  kwargs: NetworkArguments,
  patch: readonly number[],
  { inputs, outputs }: { inputs: number; outputs: number },
): number {
  const { features_per_stage: features, kernel_sizes: kernels, strides } = kwargs;
  // A residual block has two convolutions.
  const depths = kwargs.n_conv_per_stage ?? kwargs.n_blocks_per_stage!.map((blocks) => 2 * blocks);
  let voxels = elementCount(patch);
  let multiplications = 0;
  features.forEach((own, stage) => {
    voxels /= elementCount(strides[stage]);
    const kernel = elementCount(kernels[stage]);
    const before = stage === 0 ? inputs : features[stage - 1];
    multiplications += kernel * own * voxels * (before + (depths[stage] - 1) * own);
    if (stage === features.length - 1) {
      return;
    }
    const up = kwargs.n_conv_per_stage_decoder[features.length - 2 - stage];
    multiplications += own * voxels * (features[stage + 1] + kernel * own * (2 + up - 1) + outputs);
  });
  return (2 * 3 * multiplications) / 1e9;
}

const planForCpuArguments = { plans: plansRule, channels: rule.fields({ inputs: rule.count, outputs: rule.count }) };
