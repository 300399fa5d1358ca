import { NnunetFormatError } from '../errors.js';
import type { ArchitectureBlock } from './plans.js';

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
}

const encoders: Record<string, UnetArchitecture['encoder']> = {
  PlainConvUNet: 'plain',
  ResidualEncoderUNet: 'residual',
};

/**
 * Reads the `architecture` block of a plan's configuration.
 *
 * @throws NnunetFormatError `architecture-unsupported` when nnU-Net's own planners do not choose such a network,
 *   `architecture-invalid` when its numbers do not make a network.
 * @see nnU-Net: nnunetv2/utilities/get_network_from_plans.py, get_network_from_plans; the networks are those of
 *   dynamic_network_architectures/architectures/unet.py
 */
export function readArchitecture({
  network_class_name: className,
  arch_kwargs: kwargs,
}: ArchitectureBlock): UnetArchitecture {
  const encoder = encoders[className.split('.').pop() ?? ''];
  if (!encoder) {
    throw unsupported('network_class_name', className, Object.keys(encoders));
  }

  const spatialRank = readRank(kwargs.conv_op);
  for (const [key, allowed] of [
    ['norm_op', `InstanceNorm${spatialRank}d`],
    ['nonlin', 'LeakyReLU'],
  ] as const) {
    if (lastName(kwargs[key]) !== allowed) {
      throw unsupported(key, kwargs[key], [allowed]);
    }
  }
  if (kwargs.dropout_op != null) {
    throw unsupported('dropout_op', kwargs.dropout_op, ['null']);
  }

  const stages = readCount(kwargs.n_stages, 'n_stages');
  const perAxis = (key: string) => perStage(kwargs[key], stages, key).map((value) => spread(value, spatialRank, key));
  const counts = (key: string, length: number) =>
    perStage(kwargs[key], length, key).map((value) => readCount(value, key));

  const norm = (kwargs.norm_op_kwargs ?? {}) as { eps?: number };
  return {
    encoder,
    spatialRank,
    features: counts('features_per_stage', stages),
    kernelSizes: perAxis('kernel_sizes'),
    strides: perAxis('strides'),
    encoderDepths: counts(
      encoder === 'residual'
        ? 'n_blocks_per_stage'
        : 'n_conv_per_stage' in kwargs
          ? 'n_conv_per_stage'
          : 'n_blocks_per_stage',
      stages,
    ),
    decoderDepths: counts('n_conv_per_stage_decoder', stages - 1),
    convolutionBias: kwargs.conv_bias !== false,
    normEpsilon: norm.eps ?? 1e-5,
  };
}

/** By how much each axis must be divisible: the product of all strides. */
export function divisors({ strides, spatialRank }: UnetArchitecture): number[] {
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

function perStage(value: unknown, stages: number, key: string): unknown[] {
  if (typeof value === 'number') {
    return Array.from({ length: stages }, () => value);
  }
  if (Array.isArray(value) && value.length === stages) {
    return value;
  }
  throw invalid(`${key} is ${JSON.stringify(value)}; it needs one number or ${stages} entries`);
}

function spread(value: unknown, rank: number, key: string): number[] {
  const values = Array.isArray(value) ? (value as unknown[]) : Array.from({ length: rank }, () => value);
  if (values.length !== rank) {
    throw invalid(`${key} holds ${JSON.stringify(value)}; a ${rank}D network needs ${rank} numbers`);
  }
  return values.map((entry) => readCount(entry, key));
}

function readCount(value: unknown, key: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) {
    return value;
  }
  throw invalid(`${key} holds ${JSON.stringify(value)}; it needs whole numbers of at least 1`);
}

const unsupported = (key: string, value: unknown, allowed: readonly string[]) =>
  new NnunetFormatError(
    `The plan's architecture has ${key} ${JSON.stringify(value)}; supported: ${allowed.join(', ')}.`,
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
