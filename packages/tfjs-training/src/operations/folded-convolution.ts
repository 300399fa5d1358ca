import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

import type { Precision } from '../precision/precision.js';
import type { Beside, ConvolutionForUse } from '../kernels/contract/kernels.js';
import { kernels } from '../kernels/kernels-in-use.js';
import type { DerivedTensors } from '../parameters/derived-tensors.js';
import { assertActivation, assertShape } from '../shapes/check-shape.js';
import { geometryOf } from '../shapes/geometry.js';
import { currentTape } from '../tape/current-tape.js';
import { runOperation } from '../tape/run-operation.js';
import { normActivations, type BatchNormOptions, type BatchNormParameters } from './batch-norm.js';
import type { ConvolutionOptions } from './convolution.js';

/** A convolution and the batch norm after it, with the place for what they are folded into. */
export interface FoldedConvolutionOptions
  extends Pick<ConvolutionOptions, 'strides' | 'padding'>, Pick<BatchNormOptions, 'epsilon' | 'activation'>, Beside {
  /** `[kh, kw, in, out]`, depthwise `[kh, kw, 1, channels]`. */
  kernel: Variable;
  norm: BatchNormParameters;
  /** One kernel for each channel. Default false. */
  depthwise?: boolean;
  /** Where the prepared kernel is kept. */
  derived: DerivedTensors;
}

/**
 * A convolution without bias, the batch norm after it by its moving statistics and the norm's activation, in one: the norm's scale
 * becomes part of the kernel, w scale / sqrt(variance + epsilon), its offset a bias, offset - mean scale / sqrt(variance + epsilon).
 * For use and not for training: no gradient goes back.
 *
 * @param x `[batch, height, width, in]` or `[batch, depth, height, width, in]`, float32.
 * @returns as `convolution`.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function foldedConvolution(
  x: Tensor,
  {
    kernel,
    norm,
    strides = 1,
    padding,
    epsilon = 1e-5,
    activation = 'none',
    depthwise = false,
    derived,
    plus,
    deeper,
  }: FoldedConvolutionOptions,
): Tensor {
  assertActivation(x, 'foldedConvolution');
  const kernelSize = kernel.shape.slice(0, -2);
  const channels = x.shape.at(-1)! + (deeper?.shape.at(-1) ?? 0);
  assertShape(kernel, [...kernelSize, depthwise ? 1 : channels, kernel.shape.at(-1)!], 'A convolution kernel');
  const geometry = geometryOf(x, kernelSize, { strides, padding });
  const precision: Precision = currentTape()?.precision ?? 'float32';
  const { scale, offset, movingMean, movingVariance } = norm;
  const prepared = derived.of([kernel, scale, offset, movingMean, movingVariance], precision, () => {
    const factor = tf.mul(scale, tf.rsqrt(tf.add(movingVariance, epsilon)));
    const bias = tf.sub(offset, tf.mul(movingMean, factor));
    return kernels().prepareForUse(tf.mul(kernel, factor), bias, { depthwise, precision });
  });
  const then = normActivations[activation];
  const beside = plus ?? deeper;
  return runOperation(
    beside === undefined ? [x] : [x, beside],
    ([input, other]) => {
      const convolution: ConvolutionForUse = { geometry, depthwise, then };
      if (plus !== undefined) {
        convolution.plus = other;
      } else if (deeper !== undefined) {
        convolution.deeper = other;
      }
      return {
        output: kernels().convolveForUse(input, prepared, convolution),
        saved: [],
        backward: () => [null, null],
      };
    },
    { computesIn: 'reduced' },
  );
}
