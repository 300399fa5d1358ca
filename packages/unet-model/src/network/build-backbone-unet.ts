import { backboneInitialiser, backboneWeights, buildBackbone, type Backbone } from '@fractura/backbones';
import {
  convolution,
  dense,
  globalAveragePool,
  initialiserFrom,
  ParameterScope,
  type Parameter,
  type StateDict,
} from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import { UnetModelError } from '../errors.js';
import { backboneDecoder } from './backbone-decoder.js';
import { completeArchitecture, type BackboneUnetArchitecture } from './backbone-unet-architecture.js';
import { backboneUnetInitialiser } from './backbone-unet-initial-values.js';
import type { SegmentationNetwork } from './segmentation-network.js';
import { upsampleBilinear } from './upsample-bilinear.js';

export interface BuildBackboneUnetOptions extends BackboneUnetArchitecture {
  inputChannels: number;
  /** Classes including background, or regions. */
  outputChannels: number;
  /** Seed of the initial weights; default 0. */
  seed?: number;
  /** Initial bias of the segmentation head, one for each output, such as the log odds of a lesion's pixel; default 0. */
  segmentationBias?: readonly number[];
  /**
   * Pretrained weights of the backbone under their published names, in place of initial ones. The first kernel is adapted to the
   * input channels; the classifier's head is ignored.
   */
  backboneWeights?: StateDict;
  /** A trained network's whole `state_dict`, instead of initial values; tensors that this network does not have are ignored. */
  weights?: StateDict;
  /** Even in training, batch norms of the backbone down to this stride use their running statistics. Default 0: none does. */
  frozenStride?: number;
}

/** A U-Net whose encoder is a classifier's backbone. Whoever built it disposes it. */
export interface BackboneUnet extends SegmentationNetwork {
  readonly architecture: Required<BackboneUnetArchitecture>;
  /** The backbone's parameters of the stem and the stages down to a stride, which is included: what an optimizer leaves out. */
  readonly parametersDownTo: (stride: number) => readonly Parameter[];
}

/**
 * Builds a U-Net on a backbone: `encoder.*` under the published names, `decoder.*`, a 1x1 head `segmentation.*` at half the size of
 * the image and, where wanted, a linear head `presence.*` on the mean of the deepest features. Images are two-dimensional, of sizes
 * that the backbone's deepest stride divides.
 *
 * @throws BackbonesError `backbone-unknown`
 * @throws UnetModelError `option-invalid`; the network itself `size-invalid`
 * @throws TfjsTrainingError `weights-missing` or `weights-shape`, naming the tensor
 * @see Ronneberger et al., U-Net, arXiv:1505.04597
 */
export function buildBackboneUnet(options: BuildBackboneUnetOptions): BackboneUnet {
  const { backbone: name, inputChannels, outputChannels, weights, frozenStride = 0 } = options;
  const architecture = completeArchitecture(options);
  const scope = new ParameterScope(weights ? initialiserFrom(weights) : initialiserOf(options));
  try {
    const encoder = buildBackbone(scope.within('encoder'), { name, inputChannels });
    checkDecoderChannels(architecture.decoderChannels, encoder);
    const decode = backboneDecoder(scope.within('decoder'), encoder.stages, architecture.decoderChannels);
    const segment = segmentationHead(scope, architecture.decoderChannels.at(-1)!, outputChannels);
    const tellPresence = presenceHead(scope, encoder.stages.at(-1)!.channels, architecture.presence);
    return {
      architecture,
      spatialRank: 2,
      inputChannels,
      outputChannels,
      state: scope.state,
      parameters: scope.parameters,
      parametersDownTo: (stride) => encoder.parametersDownTo(stride),
      forward: (x, { training = false } = {}) => {
        checkSize(x, encoder.stages.at(-1)!.stride);
        const maps = encoder.features(x, { training, frozenStride });
        const half = segment(decode(maps, training));
        const logits = [architecture.outputSize === 'full' ? upsampleBilinear(half) : half];
        const presence = tellPresence?.(maps.at(-1)!);
        return presence === undefined ? { logits } : { logits, presence };
      },
      dispose: () => {
        scope.dispose();
      },
    };
  } catch (error) {
    scope.dispose();
    throw error;
  }
}

function initialiserOf({
  backbone: name,
  inputChannels,
  seed = 0,
  segmentationBias,
  backboneWeights: pretrained,
}: BuildBackboneUnetOptions) {
  const encoder = pretrained
    ? initialiserFrom(backboneWeights(pretrained, { name, inputChannels }))
    : backboneInitialiser(name, seed);
  return backboneUnetInitialiser({ encoder, seed, segmentationBias });
}

function segmentationHead(scope: ParameterScope, inputs: number, outputs: number): (x: Tensor) => Tensor {
  const head = scope.within('segmentation');
  const kernel = head.parameter('weight', 'kernel', [outputs, inputs, 1, 1]);
  const bias = head.parameter('bias', 'bias', [outputs]);
  return (x) => convolution(x, kernel, { bias });
}

function presenceHead(scope: ParameterScope, inputs: number, outputs: number): ((x: Tensor) => Tensor) | undefined {
  if (outputs === 0) {
    return undefined;
  }
  const head = scope.within('presence');
  const kernel = head.parameter('weight', 'denseKernel', [outputs, inputs]);
  const bias = head.parameter('bias', 'denseBias', [outputs]);
  return (deepest) => dense(globalAveragePool(deepest), kernel, bias);
}

function checkDecoderChannels(channels: readonly number[], { stages }: Backbone): void {
  if (channels.length === stages.length - 1 && channels.every((count) => Number.isSafeInteger(count) && count > 0)) {
    return;
  }
  throw new UnetModelError(`The option decoderChannels is [${channels.join(', ')}].`, {
    code: 'option-invalid',
    remedy: `Give ${stages.length - 1} whole numbers of at least 1, the deepest level first.`,
  });
}

function checkSize({ shape }: Tensor, stride: number): void {
  const [, height, width] = shape;
  if (shape.length === 4 && height % stride === 0 && width % stride === 0) {
    return;
  }
  throw new UnetModelError(`The network was given images of shape [${shape.join(', ')}].`, {
    code: 'size-invalid',
    remedy: `Give [batch, height, width, channels] with height and width divisible by ${stride}: pad or resize the images.`,
  });
}
