import { checkArguments, rule } from '@fractura/errors';
import type { ArchitectureBlock } from './plans.js';
import { NnunetFormatError } from '../errors.js';

/** A network as its plan describes it; lists have one entry per stage, `perDecoderStage` one less. */
export interface DescribedNetwork {
  residualEncoder: boolean;
  featuresPerStage: number[];
  kernelSizes: number[][];
  strides: number[][];
  perStage: number[];
  perDecoderStage: number[];
}

/**
 * The `architecture` block of a configuration, keys in nnU-Net's order.
 *
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py,
 *   ExperimentPlanner.get_plans_for_configuration
 */
export function describeArchitecture(network: DescribedNetwork): ArchitectureBlock {
  checkArguments({ network }, { network: describedNetworkRule }, NnunetFormatError);
  const { residualEncoder, featuresPerStage, kernelSizes, strides, perStage, perDecoderStage } = network;
  const dimension = `${strides[0].length}d`;
  return {
    network_class_name: `dynamic_network_architectures.architectures.unet.${residualEncoder ? 'ResidualEncoderUNet' : 'PlainConvUNet'}`,
    arch_kwargs: {
      n_stages: featuresPerStage.length,
      features_per_stage: featuresPerStage,
      conv_op: `torch.nn.modules.conv.Conv${dimension}`,
      kernel_sizes: kernelSizes,
      strides,
      [residualEncoder ? 'n_blocks_per_stage' : 'n_conv_per_stage']: perStage,
      n_conv_per_stage_decoder: perDecoderStage,
      conv_bias: true,
      norm_op: `torch.nn.modules.instancenorm.InstanceNorm${dimension}`,
      norm_op_kwargs: { eps: 1e-5, affine: true },
      dropout_op: null,
      dropout_op_kwargs: null,
      nonlin: 'torch.nn.LeakyReLU',
      nonlin_kwargs: { inplace: true },
    },
    _kw_requires_import: ['conv_op', 'norm_op', 'dropout_op', 'nonlin'],
  };
}

/** What {@link DescribedNetwork} must be. */
export const describedNetworkRule = rule.fields({
  residualEncoder: rule.flag,
  featuresPerStage: rule.listOf(rule.anyNumber),
  kernelSizes: rule.listOf(rule.listOf(rule.anyNumber)),
  strides: rule.listOf(rule.listOf(rule.anyNumber)),
  perStage: rule.listOf(rule.anyNumber),
  perDecoderStage: rule.listOf(rule.anyNumber),
});
