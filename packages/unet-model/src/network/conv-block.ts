import type { UnetArchitecture } from '@fractura/nnunet-format';
import { convolution, inSequence, instanceNorm, leakyRelu, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';

/** LeakyReLU's negative slope where a plan names no other, as in PyTorch (TensorFlow.js would take 0.2). */
export const leakyReluSlope = 0.01;

/** What conv blocks do alike all over a network. */
export interface ConvBlockStyle {
  bias: boolean;
  normEpsilon: number;
  /** Default 0.01. */
  negativeSlope?: number;
  /** Convolution, activation, norm instead of convolution, norm, activation. Default false. */
  nonlinFirst?: boolean;
}

/** The style of the conv blocks that a plan asks for. */
export const convBlockStyle = (architecture: UnetArchitecture): Required<ConvBlockStyle> => ({
  bias: architecture.convolutionBias,
  normEpsilon: architecture.normEpsilon,
  negativeSlope: architecture.negativeSlope,
  nonlinFirst: architecture.nonlinFirst,
});

export interface ConvBlockOptions extends ConvBlockStyle {
  inputs: number;
  outputs: number;
  kernelSize: readonly number[];
  strides?: readonly number[];
  activation?: boolean;
}

/**
 * Convolution, instance norm and LeakyReLU, or the last two the other way round; the activation may be left out. Parameters `conv.*` and `norm.*`.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/simple_conv_blocks.py, ConvDropoutNormReLU
 */
export function convBlock(scope: ParameterScope, options: ConvBlockOptions): (x: Tensor) => Tensor {
  const { inputs, outputs, kernelSize, strides = 1, bias, normEpsilon: epsilon, activation = true } = options;
  const { negativeSlope = leakyReluSlope, nonlinFirst = false } = options;
  const kernel = scope.parameter('conv.weight', 'kernel', [outputs, inputs, ...kernelSize]);
  // A norm right after the convolution subtracts the bias again.
  const offsetOfKernel = bias
    ? scope.parameter('conv.bias', nonlinFirst ? 'bias' : 'cancelledBias', [outputs])
    : undefined;
  const scale = scope.parameter('norm.weight', 'normScale', [outputs]);
  const offset = scope.parameter('norm.bias', 'normOffset', [outputs]);

  if (nonlinFirst && activation) {
    return (x) =>
      inSequence(x, [
        (y) => convolution(y, kernel, { strides, bias: offsetOfKernel }),
        (y) => leakyRelu(y, negativeSlope),
        (y) => instanceNorm(y, scale, offset, { epsilon }),
      ]);
  }
  const convolve = (x: Tensor) => convolution(x, kernel, { strides });
  const normOptions = { epsilon, leakyReluSlope: activation ? negativeSlope : undefined };
  const normalise = (x: Tensor) => instanceNorm(x, scale, offset, normOptions);
  return (x) => inSequence(x, [convolve, normalise]);
}

/**
 * Conv blocks one after the other; the stride sits in the first.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/simple_conv_blocks.py, StackedConvBlocks
 */
export function stackedConvBlocks(
  scope: ParameterScope,
  { depth, inputs, strides, ...options }: ConvBlockOptions & { depth: number },
): (x: Tensor) => Tensor {
  const blocks = Array.from({ length: depth }, (_, i) =>
    convBlock(scope.within(`convs.${i}`), {
      ...options,
      inputs: i === 0 ? inputs : options.outputs,
      strides: i === 0 && strides ? strides : undefined,
    }),
  );
  return (x) => inSequence(x, blocks);
}
