import { checkOptions, describeValue, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import { isCount, isTable } from '../files/expected-entries.js';
import { type ArchitectureBlock, architectureBlockRule } from './plans.js';

/** A U-Net, read from a plan and made explicit: one entry per stage, one number per spatial axis. */
export interface UnetArchitecture {
  /** `plain`: PlainConvUNet; `residual`: ResidualEncoderUNet. */
  encoder: 'plain' | 'residual';
  spatialRank: 2 | 3;
  /** Feature maps of each stage, highest resolution first. */
  features: readonly number[];
  kernelSizes: readonly (readonly number[])[];
  /** Stride with which each stage begins; the first is 1. */
  strides: readonly (readonly number[])[];
  /** Convolutions (plain) or residual blocks (residual) of each encoder stage. */
  encoderDepths: readonly number[];
  /** Convolutions of each decoder stage, lowest resolution first. */
  decoderDepths: readonly number[];
  convolutionBias: boolean;
  normEpsilon: number;
  /** Of the leaky ReLU; 0 is a ReLU. */
  negativeSlope: number;
  /** Convolution, activation, norm instead of convolution, norm, activation. */
  nonlinFirst: boolean;
}

/** More of them makes no network that any memory holds. */
const limits = { n_stages: 32, features_per_stage: 65536, depth: 256, kernel_sizes: 63, strides: 64 };

/** The arguments that both networks take. */
const commonKeys = [
  'n_stages',
  'features_per_stage',
  'conv_op',
  'kernel_sizes',
  'strides',
  'n_conv_per_stage_decoder',
  'conv_bias',
  'norm_op',
  'norm_op_kwargs',
  'dropout_op',
  'dropout_op_kwargs',
  'nonlin',
  'nonlin_kwargs',
  'deep_supervision',
];
const ownKeys: Record<UnetArchitecture['encoder'], readonly string[]> = {
  plain: ['n_conv_per_stage', 'nonlin_first'],
  residual: ['n_blocks_per_stage', 'block', 'bottleneck_channels', 'stem_channels'],
};

const encoders: Record<string, UnetArchitecture['encoder']> = {
  PlainConvUNet: 'plain',
  ResidualEncoderUNet: 'residual',
};

/**
 * Reads the `architecture` block of a plan's configuration. What it leaves out has the default of the network's constructor in
 * dynamic-network-architectures.
 *
 * @throws NnunetFormatError `architecture-unsupported` for a network, an argument or a value that is not known here,
 *   `architecture-invalid` when its numbers do not make a network.
 * @see nnU-Net: nnunetv2/utilities/get_network_from_plans.py, get_network_from_plans; the networks are those of
 *   dynamic_network_architectures/architectures/unet.py
 */
export function readArchitecture(options: ArchitectureBlock): UnetArchitecture {
  const { network_class_name: className, arch_kwargs: kwargs } = checkOptions(
    options,
    architectureBlockRule,
    NnunetFormatError,
  );
  const encoder = encoders[className.split('.').pop() ?? ''];
  if (!encoder) {
    throw unsupported('network_class_name', className, Object.keys(encoders));
  }
  refuseOthers(kwargs, [...commonKeys, ...ownKeys[encoder]], 'arch_kwargs');

  const spatialRank = readRank(kwargs.conv_op);
  requireName(kwargs, 'norm_op', [`InstanceNorm${spatialRank}d`]);
  requireName(kwargs, 'nonlin', ['LeakyReLU', 'ReLU']);
  requireValue(kwargs, 'dropout_op', [null]);

  const stages = readCount(kwargs.n_stages, 'n_stages', limits.n_stages);
  if (stages < 2) {
    throw unsupported('n_stages', stages, ['2 and more: a U-Net of one stage has no decoder']);
  }
  const features = readCounts(kwargs, 'features_per_stage', stages, limits.features_per_stage);
  if (encoder === 'residual') {
    if (kwargs.block !== undefined) {
      requireName(kwargs, 'block', ['BasicBlockD']);
    }
    requireValue(kwargs, 'bottleneck_channels', [null]);
    requireValue(kwargs, 'stem_channels', [null, features[0]]);
  }
  const perAxis = (key: 'kernel_sizes' | 'strides') =>
    perStage(kwargs[key], stages, key).map((value) => spread(value, spatialRank, key));
  const [kernelSizes, strides] = [perAxis('kernel_sizes'), perAxis('strides')];
  checkShapes(kernelSizes, strides);
  return {
    encoder,
    spatialRank,
    features,
    kernelSizes,
    strides,
    encoderDepths: readCounts(kwargs, ownKeys[encoder][0], stages, limits.depth),
    decoderDepths: readCounts(kwargs, 'n_conv_per_stage_decoder', stages - 1, limits.depth),
    convolutionBias: readFlag(kwargs, 'conv_bias'),
    normEpsilon: readNormEpsilon(kwargs.norm_op_kwargs),
    negativeSlope: readNegativeSlope(kwargs),
    nonlinFirst: readFlag(kwargs, 'nonlin_first'),
  };
}

/** torch's InstanceNorm has weights only where `affine` asks for them, and nnU-Net's networks have them. */
function readNormEpsilon(given: unknown): number {
  const kwargs = readTable(given, 'norm_op_kwargs');
  refuseOthers(kwargs, ['eps', 'momentum', 'affine', 'track_running_stats'], 'norm_op_kwargs');
  if (kwargs.affine !== true) {
    throw unsupported('norm_op_kwargs.affine', kwargs.affine ?? false, ['true']);
  }
  requireValue(kwargs, 'track_running_stats', [false], 'norm_op_kwargs.');
  const { eps = 1e-5 } = kwargs;
  if (typeof eps === 'number' && eps > 0 && eps < Infinity) {
    return eps;
  }
  throw invalid(`norm_op_kwargs.eps is ${describeValue(eps)}; it needs a number above 0`);
}

function readNegativeSlope({ nonlin, nonlin_kwargs: given }: Record<string, unknown>): number {
  const kwargs = readTable(given, 'nonlin_kwargs');
  const isRelu = lastName(nonlin) === 'ReLU';
  refuseOthers(kwargs, isRelu ? ['inplace'] : ['inplace', 'negative_slope'], 'nonlin_kwargs');
  const { negative_slope: slope = 0.01 } = kwargs;
  if (isRelu) {
    return 0;
  }
  if (typeof slope === 'number' && slope >= 0 && slope < Infinity) {
    return slope;
  }
  throw unsupported('nonlin_kwargs.negative_slope', slope, ['numbers from 0 on']);
}

/** What the decoder must be able to undo: the first stage keeps the size, and kernels have a middle. */
function checkShapes(kernelSizes: readonly (readonly number[])[], strides: readonly (readonly number[])[]): void {
  if (strides[0].some((stride) => stride !== 1)) {
    throw unsupported('strides', strides, ['a first stage of stride 1']);
  }
  if (kernelSizes.flat().some((extent) => extent % 2 === 0)) {
    throw unsupported('kernel_sizes', kernelSizes, ['odd numbers']);
  }
}

/** By how much each axis must be divisible: the product of all strides. */
export function divisors(options: UnetArchitecture): number[] {
  const { strides, spatialRank } = checkOptions(options, unetArchitectureRule, NnunetFormatError);
  return Array.from({ length: spatialRank }, (_, axis) =>
    strides.reduce((product, stride) => product * stride[axis], 1),
  );
}

const lastName = (value: unknown) => (typeof value === 'string' ? value.split('.').pop() : undefined);

function readRank(convolution: unknown): 2 | 3 {
  const name = lastName(convolution);
  if (name === 'Conv2d') {
    return 2;
  }
  if (name === 'Conv3d') {
    return 3;
  }
  throw unsupported('conv_op', convolution, ['Conv2d', 'Conv3d']);
}

function requireName(kwargs: Record<string, unknown>, key: string, allowed: readonly string[]): void {
  if (!allowed.includes(lastName(kwargs[key]) ?? '')) {
    throw unsupported(key, kwargs[key], allowed);
  }
}

/** An entry that is left out is the first of these. */
function requireValue(kwargs: Record<string, unknown>, key: string, allowed: readonly unknown[], within = ''): void {
  if (kwargs[key] !== undefined && !allowed.includes(kwargs[key])) {
    throw unsupported(within + key, kwargs[key], allowed.map(describeValue));
  }
}

/** An argument that is not known may change the network: none is passed over. */
function refuseOthers(kwargs: Record<string, unknown>, known: readonly string[], of: string): void {
  const other = Object.keys(kwargs).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw unsupported(`${of}.${other}`, kwargs[other], known);
  }
}

function readTable(value: unknown, key: string): Record<string, unknown> {
  if (value === undefined || value === null) {
    return {};
  }
  if (isTable(value)) {
    return value;
  }
  throw invalid(`${key} is ${describeValue(value)}; it needs an object`);
}

function readFlag(kwargs: Record<string, unknown>, key: string): boolean {
  const { [key]: value = false } = kwargs;
  if (typeof value === 'boolean') {
    return value;
  }
  throw invalid(`${key} is ${describeValue(value)}; it needs true or false`);
}

function readCounts(kwargs: Record<string, unknown>, key: string, length: number, largest: number): number[] {
  return perStage(kwargs[key], length, key).map((value) => readCount(value, key, largest));
}

function perStage(value: unknown, stages: number, key: string): unknown[] {
  if (typeof value === 'number') {
    return Array.from({ length: stages }, () => value);
  }
  if (Array.isArray(value) && value.length === stages) {
    return value;
  }
  throw invalid(`${key} is ${describeValue(value)}; it needs one number or ${stages} entries`);
}

function spread(value: unknown, rank: number, key: 'kernel_sizes' | 'strides'): number[] {
  const values = Array.isArray(value) ? (value as unknown[]) : Array.from({ length: rank }, () => value);
  if (values.length !== rank) {
    throw invalid(`${key} holds ${describeValue(value)}; a ${rank}D network needs ${rank} numbers`);
  }
  return values.map((entry) => readCount(entry, key, limits[key]));
}

function readCount(value: unknown, key: string, largest: number): number {
  if (isCount(value) && value <= largest) {
    return value;
  }
  const range = isCount(value) ? `numbers up to ${largest}` : 'whole numbers of at least 1';
  throw invalid(`${key} holds ${describeValue(value)}; it needs ${range}`);
}

const unsupported = (key: string, value: unknown, allowed: readonly string[]) =>
  new NnunetFormatError(
    `The plan's architecture has ${key} ${describeValue(value)}; supported: ${allowed.join(', ')}.`,
    {
      code: 'architecture-unsupported',
      remedy: "Plan with one of nnU-Net's own planners (default, ResEnc M, L, XL).",
    },
  );

const invalid = (message: string) =>
  new NnunetFormatError(`The plan's architecture is not valid: ${message}.`, {
    code: 'architecture-invalid',
    remedy: 'Make the plan again, or correct this entry in the plans file.',
  });

/** What {@link UnetArchitecture} must be. */
export const unetArchitectureRule = rule.fields({
  encoder: rule.oneOf(['plain', 'residual']),
  spatialRank: rule.oneOf([2, 3]),
  features: rule.listOf(rule.anyNumber),
  kernelSizes: rule.listOf(rule.listOf(rule.anyNumber)),
  strides: rule.listOf(rule.listOf(rule.anyNumber)),
  encoderDepths: rule.listOf(rule.anyNumber),
  decoderDepths: rule.listOf(rule.anyNumber),
  convolutionBias: rule.flag,
  normEpsilon: rule.anyNumber,
  negativeSlope: rule.anyNumber,
  nonlinFirst: rule.flag,
});
