import { convolution, inSequence, instanceNorm, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';

/** LeakyReLU's negative slope, as in PyTorch and nnU-Net (TensorFlow.js would take 0.2). */
export const leakyReluSlope = 0.01;

export interface ConvBlockOptions {
  inputs: number;
  outputs: number;
  kernelSize: readonly number[];
  strides?: readonly number[];
  bias: boolean;
  normEpsilon: number;
  activation?: boolean;
}

/**
 * Convolution, instance norm and LeakyReLU; the activation may be left out. Parameters `conv.*` and `norm.*`.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/simple_conv_blocks.py, ConvDropoutNormReLU
 */
export function convBlock(
  scope: ParameterScope,
  { inputs, outputs, kernelSize, strides, bias, normEpsilon, activation = true }: ConvBlockOptions,
): (x: Tensor) => Tensor {
  const kernel = scope.parameter('conv.weight', 'kernel', [outputs, inputs, ...kernelSize]);
  if (bias) {
    scope.parameter('conv.bias', 'cancelledBias', [outputs]);
  }
  const scale = scope.parameter('norm.weight', 'normScale', [outputs]);
  const offset = scope.parameter('norm.bias', 'normOffset', [outputs]);

  const convolve = (x: Tensor) => convolution(x, kernel, { strides: strides ?? 1 });
  const normOptions = { epsilon: normEpsilon, leakyReluSlope: activation ? leakyReluSlope : undefined };
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
