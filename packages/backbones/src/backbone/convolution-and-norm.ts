import {
  batchNorm,
  convolution,
  depthwiseConvolution,
  inSequence,
  type BatchNormOptions,
  type ConvolutionOptions,
  type ParameterScope,
} from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { Layer } from './stages.js';

export interface ConvolutionAndNormOptions
  extends Pick<ConvolutionOptions, 'strides' | 'padding'>, Omit<BatchNormOptions, 'training'> {
  /** Names of the two in the `state_dict`, such as `conv1` and `bn1`. */
  names: readonly [convolution: string, norm: string];
  /** Channels of the input; without it the convolution is depthwise: one kernel for each of `outputs` channels. */
  inputs?: number;
  outputs: number;
  /** Of the square kernel. */
  size: number;
}

/** A convolution without bias and its batch norm, which an activation may follow. */
export function convolutionAndNorm(
  scope: ParameterScope,
  {
    names: [convolutionName, normName],
    inputs,
    outputs,
    size,
    strides,
    padding,
    ...normOptions
  }: ConvolutionAndNormOptions,
): Layer {
  const kernel = scope.within(convolutionName).parameter('weight', 'kernel', [outputs, inputs ?? 1, size, size]);
  const norm = scope.within(normName);
  const parameters = {
    scale: norm.parameter('weight', 'normScale', [outputs]),
    offset: norm.parameter('bias', 'normOffset', [outputs]),
    movingMean: norm.statistic('running_mean', 'runningMean', outputs),
    movingVariance: norm.statistic('running_var', 'runningVariance', outputs),
  };
  const batches = norm.counter('num_batches_tracked');
  const convolve = inputs === undefined ? depthwiseConvolution : convolution;
  return (x, training) => {
    if (training) {
      batches.count += 1;
    }
    const normalise = (y: Tensor) => batchNorm(y, parameters, { ...normOptions, training });
    return inSequence(x, [(y) => convolve(y, kernel, { strides, padding }), normalise]);
  };
}
