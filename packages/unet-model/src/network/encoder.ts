import { inSequence, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { UnetArchitecture } from '@fractura/nnunet-format';
import { convBlockStyle, stackedConvBlocks } from './conv-block.js';
import { residualBlock } from './residual-block.js';

/** Gives the output of every stage, highest resolution first; the last is the bottleneck. */
export type Encoder = (x: Tensor) => Tensor[];

/**
 * The encoder of PlainConvUNet: stages of conv blocks.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/plain_conv_encoder.py, PlainConvEncoder
 */
export function plainEncoder(scope: ParameterScope, architecture: UnetArchitecture, inputChannels: number): Encoder {
  const { features, kernelSizes, strides, encoderDepths } = architecture;
  const stages = features.map((outputs, s) =>
    stackedConvBlocks(scope.within(`stages.${s}.0`), {
      depth: encoderDepths[s],
      inputs: s === 0 ? inputChannels : features[s - 1],
      outputs,
      kernelSize: kernelSizes[s],
      strides: strides[s],
      ...convBlockStyle(architecture),
    }),
  );
  return (x) => eachStage(stages, x);
}

/**
 * The encoder of ResidualEncoderUNet: a stem, then stages of residual blocks.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/residual_encoders.py, ResidualEncoder
 */
export function residualEncoder(scope: ParameterScope, architecture: UnetArchitecture, inputChannels: number): Encoder {
  const { features, kernelSizes, strides, encoderDepths } = architecture;
  const stem = stackedConvBlocks(scope.within('stem'), {
    depth: 1,
    inputs: inputChannels,
    outputs: features[0],
    kernelSize: kernelSizes[0],
    ...convBlockStyle(architecture),
  });
  const stages = features.map((outputs, s) => {
    const blocks = Array.from({ length: encoderDepths[s] }, (_, b) =>
      residualBlock(scope.within(`stages.${s}.blocks.${b}`), {
        inputs: b > 0 ? outputs : features[Math.max(s - 1, 0)],
        outputs,
        kernelSize: kernelSizes[s],
        strides: strides[s].map((stride) => (b > 0 ? 1 : stride)),
        ...convBlockStyle(architecture),
      }),
    );
    return (x: Tensor) => inSequence(x, blocks);
  });
  return (x) => eachStage(stages, stem(x));
}

function eachStage(stages: readonly ((x: Tensor) => Tensor)[], x: Tensor): Tensor[] {
  const skips: Tensor[] = [];
  for (const stage of stages) {
    x = stage(x);
    skips.push(x);
  }
  return skips;
}
