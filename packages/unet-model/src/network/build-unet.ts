import { checkOptions, rule } from '@fractura/errors';
import { initialiserFrom, ParameterScope, type StateDict } from '@fractura/tfjs-training';
import { readArchitecture, type ArchitectureBlock, type UnetArchitecture } from '@fractura/nnunet-format';
import { UnetModelError } from '../errors.js';
import { unetDecoder } from './decoder.js';
import { plainEncoder, residualEncoder } from './encoder.js';
import { nnunetInitialiser } from './initial-values.js';
import type { SegmentationNetwork } from './segmentation-network.js';

export interface BuildUnetOptions {
  /** The `architecture` block of a configuration in `nnUNetPlans.json`. */
  architecture: ArchitectureBlock;
  inputChannels: number;
  /** Classes including background, or regions. */
  outputChannels: number;
  /** Seed of the initial weights. */
  seed?: number;
  /** A trained network's `state_dict`, instead of initial values; tensors that this network does not have are ignored. */
  weights?: StateDict;
}

/** nnU-Net's network; its parameters have nnU-Net's names. It has no batch norms, so that training and use do not differ. */
export interface Unet extends SegmentationNetwork {
  readonly architecture: UnetArchitecture;
}

/**
 * Builds PlainConvUNet or ResidualEncoderUNet, 2D or 3D, as a plan describes it, with nnU-Net's initial weights or with
 * trained ones.
 *
 * @throws NnunetFormatError `architecture-unsupported`, `architecture-invalid`
 * @throws TfjsTrainingError `weights-missing` or `weights-shape`, naming the tensor
 * @see Isensee et al., nnU-Net, Nature Methods 2021; nnU-Net: dynamic_network_architectures/architectures/unet.py,
 *   PlainConvUNet and ResidualEncoderUNet
 */
export function buildUnet(options: BuildUnetOptions): Unet {
  const {
    architecture: block,
    inputChannels,
    outputChannels,
    seed = 0,
    weights,
  } = checkOptions(options, buildUnetOptionsRule, UnetModelError);
  const architecture = readArchitecture(block);
  const scope = new ParameterScope(weights ? initialiserFrom(weights) : nnunetInitialiser(seed));
  try {
    const buildEncoder = architecture.encoder === 'residual' ? residualEncoder : plainEncoder;
    const encode = buildEncoder(scope.within('encoder'), architecture, inputChannels);
    const decode = unetDecoder(scope.within('decoder'), architecture, outputChannels);
    return {
      architecture,
      spatialRank: architecture.spatialRank,
      inputChannels,
      outputChannels,
      state: scope.state,
      parameters: scope.parameters,
      forward: (x, { deepSupervision = false } = {}) => ({
        logits: decode(encode(x), deepSupervision ? architecture.decoderDepths.length : 1),
      }),
      dispose: () => {
        scope.dispose();
      },
    };
  } catch (error) {
    scope.dispose();
    throw error;
  }
}

/** What {@link BuildUnetOptions} must be. */
const buildUnetOptionsRule = rule.fields({
  architecture: rule.object,
  inputChannels: rule.count,
  outputChannels: rule.count,
  seed: rule.optional(rule.whole({ from: 0 })),
  weights: rule.optional(rule.map),
});
