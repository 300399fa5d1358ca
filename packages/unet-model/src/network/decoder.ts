import {
  concatenate,
  convolution,
  inSequence,
  transposedConvolution,
  type ParameterScope,
} from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { UnetArchitecture } from '@fractura/nnunet-format';
import { convBlockStyle, stackedConvBlocks } from './conv-block.js';

/** Takes the encoder's stages to logits, highest resolution first; `heads` says how many of them are wanted. */
export type Decoder = (skips: readonly Tensor[], heads: number) => Tensor[];

/**
 * The decoder of both networks: upsample, concatenate with the skip, convolve; a 1x1 head at every resolution but the
 * bottleneck's.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/unet_decoder.py, UNetDecoder
 */
export function unetDecoder(scope: ParameterScope, architecture: UnetArchitecture, outputChannels: number): Decoder {
  const { features, kernelSizes, strides, decoderDepths, spatialRank, convolutionBias: bias } = architecture;
  // Decoder step d = 0 leaves the bottleneck and arrives at encoder level n - 2.
  const levels = decoderDepths.map((_, d) => features.length - 2 - d);

  const stages = levels.map((level, d) =>
    stackedConvBlocks(scope.within(`stages.${d}`), {
      depth: decoderDepths[d],
      inputs: 2 * features[level],
      outputs: features[level],
      kernelSize: kernelSizes[level],
      ...convBlockStyle(architecture),
    }),
  );
  const upsamplings = levels.map((level, d) => {
    const stride = strides[level + 1];
    const own = scope.within(`transpconvs.${d}`);
    const kernel = own.parameter('weight', 'transposedKernel', [features[level + 1], features[level], ...stride]);
    const offset = bias ? own.parameter('bias', 'bias', [features[level]]) : undefined;
    return (x: Tensor) => transposedConvolution(x, kernel, { strides: stride, bias: offset });
  });
  const heads = levels.map((level, d) => {
    const own = scope.within(`seg_layers.${d}`);
    const ones = Array.from({ length: spatialRank }, () => 1);
    const kernel = own.parameter('weight', 'kernel', [outputChannels, features[level], ...ones]);
    const headBias = own.parameter('bias', 'bias', [outputChannels]);
    return (x: Tensor) => convolution(x, kernel, { bias: headBias });
  });

  return (skips, wanted) => {
    const logits: Tensor[] = [];
    let x = skips.at(-1)!;
    levels.forEach((level, d) => {
      const join = (upsampled: Tensor) => concatenate([upsampled, skips[level]]);
      x = inSequence(x, [upsamplings[d], join, stages[d]]);
      if (d >= levels.length - wanted) {
        logits.unshift(heads[d](x));
      }
    });
    return logits;
  };
}
