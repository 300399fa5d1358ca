import type { Tensor } from '@tensorflow/tfjs';
import { readArchitecture, type ArchitectureBlock, type UnetArchitecture } from '@fractura/nnunet-format';
import { unetDecoder } from './decoder.js';
import { plainEncoder, residualEncoder } from './encoder.js';
import { nnunetInitialiser } from './initial-values.js';
import { givenTensors, type NamedTensor } from './named-tensors.js';
import { ParameterScope, type Parameter } from './parameter.js';

export interface BuildUnetOptions {
  /** The `architecture` block of a configuration in `nnUNetPlans.json`. */
  architecture: ArchitectureBlock;
  inputChannels: number;
  /** Classes including background, or regions. */
  outputChannels: number;
  /** Seed of the initial weights. */
  seed?: number;
  /** A trained network's, instead of initial ones; other tensors than the network's are passed over. */
  weights?: Iterable<NamedTensor>;
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
 * Builds PlainConvUNet or ResidualEncoderUNet, 2D or 3D, as a plan describes it, with nnU-Net's initial weights or with
 * trained ones.
 *
 * @throws UnetModelError `architecture-unsupported`, `architecture-invalid`; `weights-missing` or `weights-shape`, naming
 *   the tensor
 * @see Isensee et al., nnU-Net, Nature Methods 2021; reference/nnunet-v2/behaviour.md, section 6
 */
export function buildUnet(options: BuildUnetOptions): Unet {
  const { architecture: block, inputChannels, outputChannels, seed = 0, weights } = options;
  const architecture = readArchitecture(block);
  const root = new ParameterScope(weights ? givenTensors(weights) : nnunetInitialiser(seed));
  const dispose = () => {
    for (const { variable } of root.parameters) {
      variable.dispose();
    }
  };
  const { encode, decode } = disposingOnFailure(dispose, () => ({
    encode: (architecture.encoder === 'residual' ? residualEncoder : plainEncoder)(
      root.within('encoder'),
      architecture,
      inputChannels,
    ),
    decode: unetDecoder(root.within('decoder'), architecture, outputChannels),
  }));

  return {
    architecture,
    inputChannels,
    outputChannels,
    parameters: root.parameters,
    forward: (x, { deepSupervision = false } = {}) =>
      decode(encode(x), deepSupervision ? architecture.decoderDepths.length : 1),
    dispose,
  };
}

/** What `make` makes; what it made before it failed is disposed. */
function disposingOnFailure<T>(dispose: () => void, make: () => T): T {
  try {
    return make();
  } catch (error) {
    dispose();
    throw error;
  }
}
