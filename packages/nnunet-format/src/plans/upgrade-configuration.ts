import { NnunetFormatError } from '../errors.js';
import { describeArchitecture } from './describe-architecture.js';
import type { DeclaredConfiguration } from './plans.js';

/** The keys by which nnU-Net 2.0 to 2.2 describe a network. */
interface FlatNetworkKeys {
  UNet_class_name: string;
  UNet_base_num_features: number;
  unet_max_num_features: number;
  n_conv_per_stage_encoder: number[];
  n_conv_per_stage_decoder: number[];
  pool_op_kernel_sizes: number[][];
  conv_kernel_sizes: number[][];
}

const flatKeys = [
  'UNet_class_name',
  'UNet_base_num_features',
  'unet_max_num_features',
  'n_conv_per_stage_encoder',
  'n_conv_per_stage_decoder',
  'pool_op_kernel_sizes',
  'conv_kernel_sizes',
] as const;

/**
 * A configuration whose network is described by an `architecture` block, as since nnU-Net 2.3; the flat keys of versions
 * before are turned into it. One that describes no network at all is given back as it is.
 *
 * @throws NnunetFormatError `plans-invalid`, naming the flat key that is missing or the network that is not known.
 * @see nnU-Net: nnunetv2/utilities/plans_handling/plans_handler.py, ConfigurationManager.__init__
 */
export function upgradeConfiguration(configuration: DeclaredConfiguration, name: string): DeclaredConfiguration {
  const present = flatKeys.filter((key) => configuration[key] !== undefined);
  if (configuration.architecture !== undefined || present.length === 0) {
    return configuration;
  }
  const missing = flatKeys.filter((key) => configuration[key] === undefined);
  if (missing.length > 0) {
    throw invalid(`has neither an architecture nor ${missing.join(', ')}`, name);
  }
  const {
    UNet_class_name: className,
    UNet_base_num_features: base,
    unet_max_num_features: max,
    n_conv_per_stage_encoder: perStage,
    n_conv_per_stage_decoder: perDecoderStage,
    pool_op_kernel_sizes: strides,
    conv_kernel_sizes: kernelSizes,
    ...kept
  } = configuration as DeclaredConfiguration & FlatNetworkKeys;
  if (className !== 'PlainConvUNet' && className !== 'ResidualEncoderUNet') {
    throw invalid(`describes the network ${className}`, name);
  }
  const architecture = describeArchitecture({
    residualEncoder: className === 'ResidualEncoderUNet',
    featuresPerStage: strides.map((_, stage) => Math.min(base * 2 ** stage, max)),
    kernelSizes,
    strides,
    perStage,
    perDecoderStage,
  });
  // The strides say the same.
  delete kept.num_pool_per_axis;
  return { ...kept, architecture };
}

const invalid = (what: string, name: string) =>
  new NnunetFormatError(`Configuration ${name} of the plans ${what}.`, {
    code: 'plans-invalid',
    remedy:
      'Plan the data set again; the networks of plans before nnU-Net 2.3 are PlainConvUNet and ResidualEncoderUNet.',
  });
