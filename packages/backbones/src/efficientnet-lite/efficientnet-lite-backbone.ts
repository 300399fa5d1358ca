import type { ParameterScope } from '@fractura/tfjs-training';
import type { Backbone } from '../backbone/backbone.js';
import { backboneOf, buildStage } from '../backbone/stages.js';
import { blocksOf, stemChannels, type EfficientnetLiteVersion } from './architecture.js';
import { sameConvolutionAndNorm } from './same-convolution-and-norm.js';
import { invertedBottleneck } from './inverted-bottleneck.js';

export interface EfficientnetLiteBackboneOptions {
  /** Default 0. */
  version?: EfficientnetLiteVersion;
  inputChannels: number;
}

/**
 * EfficientNet-Lite without its head, in a scope of a network: the feature maps at strides 2, 4, 8, 16 and 32 are the outputs of the
 * last block of each size. Convolutions pad as TensorFlow's SAME for the size of the image that is given, whatever size the weights
 * were trained at.
 *
 * @throws BackbonesError `version-unsupported`
 * @see tensorflow/tpu: efficientnet/lite/efficientnet_lite_builder.py; efficientnet_lite_pytorch/model.py, EfficientNet
 */
export function efficientnetLiteBackbone(
  scope: ParameterScope,
  { version = 0, inputChannels }: EfficientnetLiteBackboneOptions,
): Backbone {
  const blocks = blocksOf(version);
  // A stage begins with the block that halves the size; the first one with the stem.
  const starts = [0, ...blocks.flatMap(({ strides }, i) => (strides === 2 ? [i] : []))];
  const stages = starts.map((start, s) => {
    const end = starts[s + 1] ?? blocks.length;
    return buildStage(scope, { stride: 2 ** (s + 1), channels: blocks[end - 1].outputs }, () => {
      const stem = s === 0 ? [stemOf(scope, inputChannels)] : [];
      const built = blocks
        .slice(start, end)
        .map((block, i) => invertedBottleneck(scope.within(`_blocks.${start + i}`), block));
      return [...stem, ...built];
    });
  });
  return backboneOf(stages);
}

const stemOf = (scope: ParameterScope, inputChannels: number) =>
  sameConvolutionAndNorm(scope, {
    names: ['_conv_stem', '_bn0'],
    inputs: inputChannels,
    outputs: stemChannels,
    size: 3,
    strides: 2,
    activation: 'relu6',
  });
