import {
  add,
  batchNorm,
  concatenate,
  convolution,
  depthwiseConvolution,
  foldedConvolution,
  inSequence,
  isDifferentiating,
  type BatchNormOptions,
  type ConvolutionOptions,
  upsampleNearest,
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

/** A convolution without bias and its batch norm, which an activation may follow; both in one where nothing is trained. */
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
  const depthwise = inputs === undefined;
  const convolve = depthwise ? depthwiseConvolution : convolution;
  const derived = scope.derived();
  return (x, training, { plus, deeper } = {}) => {
    if (!training && !isDifferentiating()) {
      const layer = { kernel, norm: parameters, strides, padding, depthwise, derived, ...normOptions };
      return foldedConvolution(x, { ...layer, plus, deeper });
    }
    if (training) {
      batches.count += 1;
    }
    const steps = [
      (y: Tensor) => convolve(y, kernel, { strides, padding }),
      (y: Tensor) => batchNorm(y, parameters, { ...normOptions, training }),
    ];
    if (deeper !== undefined) {
      steps.unshift((y) => concatenate([upsampleNearest(deeper, 2), y]));
    }
    if (plus !== undefined) {
      steps.push((y) => add(y, plus));
    }
    return inSequence(x, steps);
  };
}
