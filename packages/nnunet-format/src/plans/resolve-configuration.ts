import { NnunetFormatError } from '../errors.js';
import { describeArchitecture } from './describe-architecture.js';
import type { PlanConfiguration, Plans } from './plans.js';

/**
 * One configuration of a plan, with what it inherits filled in and, from plans older than 2.3, its network described in the
 * present form.
 *
 * @throws NnunetFormatError `configuration-unknown`, `plans-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 3.11
 */
export function resolveConfiguration(plans: Pick<Plans, 'configurations'>, name: string): PlanConfiguration {
  const configuration = inherit(plans, name, []);
  return ('architecture' in configuration ? configuration : upgrade(configuration)) as PlanConfiguration;
}

function inherit(
  { configurations }: Pick<Plans, 'configurations'>,
  name: string,
  seen: readonly string[],
): Record<string, unknown> {
  const own = configurations[name];
  if (!own) {
    throw new NnunetFormatError(`The plans have no configuration ${name}.`, {
      code: 'configuration-unknown',
      remedy: `Choose one of: ${Object.keys(configurations).join(', ')}.`,
    });
  }
  if (seen.includes(name)) {
    throw new NnunetFormatError(`Configuration ${name} inherits from itself: ${[...seen, name].join(' from ')}.`, {
      code: 'plans-invalid',
      remedy: 'Correct inherits_from in the plans file.',
    });
  }
  const { inherits_from: parent } = own;
  return parent === undefined ? own : { ...inherit({ configurations }, parent, [...seen, name]), ...own };
}

/** The flat keys of plans before version 2.3, as the architecture block. */
function upgrade(old: Record<string, unknown>): Record<string, unknown> {
  const {
    UNet_class_name: className,
    UNet_base_num_features: base,
    unet_max_num_features: most,
    n_conv_per_stage_encoder: perStage,
    n_conv_per_stage_decoder: perDecoderStage,
    pool_op_kernel_sizes: strides,
    conv_kernel_sizes: kernelSizes,
    ...kept
  } = old;
  if (className !== 'PlainConvUNet' && className !== 'ResidualEncoderUNet') {
    throw new NnunetFormatError(
      `A configuration has neither an architecture nor a known network: ${String(className)}.`,
      {
        code: 'plans-invalid',
        remedy: 'Plan again.',
      },
    );
  }
  const stages = (strides as number[][]).length;
  const architecture = describeArchitecture({
    residualEncoder: className === 'ResidualEncoderUNet',
    featuresPerStage: Array.from({ length: stages }, (_, stage) =>
      Math.min((base as number) * 2 ** stage, most as number),
    ),
    kernelSizes: kernelSizes as number[][],
    strides: strides as number[][],
    perStage: perStage as number[],
    perDecoderStage: perDecoderStage as number[],
  });
  // What the strides say already.
  delete kept.num_pool_per_axis;
  return { ...kept, architecture };
}
