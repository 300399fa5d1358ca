import type { Tensor } from '@tensorflow/tfjs';
import { readArchitecture, type ArchitectureBlock, type UnetArchitecture } from '../plan/architecture.js';
import { unetDecoder } from './decoder.js';
import { plainEncoder, residualEncoder } from './encoder.js';
import { nnunetInitialiser } from './initial-values.js';
import { ParameterScope, type Parameter } from './parameter.js';

export interface BuildUnetOptions {
  /** The `architecture` block of a configuration in `nnUNetPlans.json`. */
  architecture: ArchitectureBlock;
  inputChannels: number;
  /** Classes including background, or regions. */
  outputChannels: number;
  /** Seed of the initial weights. */
  seed?: number;
}

/** A network with its parameters. Whoever built it disposes it. */
export interface Unet {
  readonly architecture: UnetArchitecture;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** In PyTorch's optimizer order. */
  readonly parameters: readonly Parameter[];
  /**
   * Logits at full resolution; with deep supervision of every resolution, highest first.
   *
   * @param x `[batch, (depth,) height, width, channels]`, float32; each axis divisible by its strides' product.
   * @returns `[batch, (depth,) height, width, classes]` each; the caller disposes, or the engine's scope does.
   */
  forward(x: Tensor, options?: { deepSupervision?: boolean }): Tensor[];
  dispose(): void;
}

/**
 * Builds PlainConvUNet or ResidualEncoderUNet, 2D or 3D, as a plan describes it, with nnU-Net's initial weights.
 *
 * @throws UnetModelError `architecture-unsupported`, `architecture-invalid`
 * @see Isensee et al., nnU-Net, Nature Methods 2021; reference/nnunet-v2/behaviour.md, section 6
 */
export function buildUnet({ architecture: block, inputChannels, outputChannels, seed = 0 }: BuildUnetOptions): Unet {
  const architecture = readArchitecture(block);
  const root = new ParameterScope(nnunetInitialiser(seed));
  const buildEncoder = architecture.encoder === 'residual' ? residualEncoder : plainEncoder;
  const encode = buildEncoder(root.within('encoder'), architecture, inputChannels);
  const decode = unetDecoder(root.within('decoder'), architecture, outputChannels);

  return {
    architecture,
    inputChannels,
    outputChannels,
    parameters: root.parameters,
    forward: (x, { deepSupervision = false } = {}) =>
      decode(encode(x), deepSupervision ? architecture.decoderDepths.length : 1),
    dispose: () => {
      for (const { variable } of root.parameters) variable.dispose();
    },
  };
}
