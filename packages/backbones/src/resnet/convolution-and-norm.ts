import { batchNorm, convolution, inSequence } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { StateScope } from './state-scope.js';

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
  scope: StateScope,
  { names, inputs, outputs, size, strides = 1, relu }: ConvolutionAndNormOptions,
): Layer {
  const [convolutionName, normName] = names;
  const kernel = scope.within(convolutionName).make('weight', 'kernel', [outputs, inputs, size, size]);
  const norm = scope.within(normName);
  const parameters = {
    scale: norm.make('weight', 'normScale', [outputs]),
    offset: norm.make('bias', 'normOffset', [outputs]),
    movingMean: norm.make('running_mean', 'runningMean', [outputs]),
    movingVariance: norm.make('running_var', 'runningVariance', [outputs]),
  };
  const batches = norm.makeCounter('num_batches_tracked');

  return (x, training) => {
    if (training) {
      batches.count += 1;
    }
    const normalise = (y: Tensor) => batchNorm(y, parameters, { training, relu });
    return inSequence(x, [(y) => convolution(y, kernel, { strides }), normalise]);
  };
}
