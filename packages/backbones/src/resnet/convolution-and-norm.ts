import { batchNorm, convolution, inSequence, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';

/** A part of the network; in training, batch norms use and follow the batch's statistics. */
export type Layer = (x: Tensor, training: boolean) => Tensor;

export interface ConvolutionAndNormOptions {
  /** Names of the two in the `state_dict`, such as `conv1` and `bn1`. */
  names: readonly [convolution: string, norm: string];
  inputs: number;
  outputs: number;
  size: number;
  strides?: number;
  relu: boolean;
}

/** A convolution without bias, its batch norm and, where wanted, ReLU. */
export function convolutionAndNorm(
  scope: ParameterScope,
  { names, inputs, outputs, size, strides = 1, relu }: ConvolutionAndNormOptions,
): Layer {
  const [convolutionName, normName] = names;
  const kernel = scope.within(convolutionName).parameter('weight', 'kernel', [outputs, inputs, size, size]);
  const norm = scope.within(normName);
  const parameters = {
    scale: norm.parameter('weight', 'normScale', [outputs]),
    offset: norm.parameter('bias', 'normOffset', [outputs]),
    movingMean: norm.statistic('running_mean', 'runningMean', outputs),
    movingVariance: norm.statistic('running_var', 'runningVariance', outputs),
  };
  const batches = norm.counter('num_batches_tracked');

  return (x, training) => {
    if (training) {
      batches.count += 1;
    }
    const normalise = (y: Tensor) => batchNorm(y, parameters, { training, relu });
    return inSequence(x, [(y) => convolution(y, kernel, { strides }), normalise]);
  };
}
