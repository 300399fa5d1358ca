import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs';

import type { ConvolutionGeometry, MaxPoolOptions } from '../../shapes/geometry.js';
import type { Precision } from '../../precision/precision.js';

/** A normalisation that has run, with what its gradient reads. */
export interface Normalised {
  output: Tensor;
  saved: Tensor[];
  /** Gradients with respect to the input, the scale and the offset. */
  back: (dy: Tensor) => [Tensor, Tensor, Tensor];
  /** The batch's mean and biased variance, `[channels]` each, where it was normalised with them. */
  statistics?: { mean: Tensor; variance: Tensor };
}

/** The computations under the network operations, as an engine does them best. They record nothing and free nothing. */
export interface Kernels {
  /** What the numbers of a tensor that is labelled float32 really are. */
  precisionOf: (x: Tensor) => Precision;
  /** The tensor itself where it has the precision, else a copy. */
  cast: (x: Tensor, precision: Precision) => Tensor;
  convolve: (x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry) => Tensor;
  convolveBackInput: (dy: Tensor, kernel: Tensor, inputShape: number[], geometry: ConvolutionGeometry) => Tensor;
  convolveBackKernel: (x: Tensor, dy: Tensor, kernelShape: number[], geometry: ConvolutionGeometry) => Tensor;
  convolveTransposed: (x: Tensor, kernel: Tensor) => Tensor;
  convolveTransposedBack: (
    dy: Tensor,
    x: Tensor,
    kernel: Tensor,
    need: { needInput: boolean; needKernel: boolean },
  ) => { dInput: Tensor | null; dKernel: Tensor | null };
  addBias: (x: Tensor, bias: Tensor) => Tensor;
  sumOverPositions: (x: Tensor) => Tensor;
  /** Followed by a leaky ReLU, as all normalisations here: slope 0 is a ReLU, 1 none. */
  instanceNormalise: (x: Tensor, scale: Tensor, offset: Tensor, epsilon: number, slope: number) => Normalised;
  batchNormalise: (x: Tensor, scale: Tensor, offset: Tensor, epsilon: number, slope: number) => Normalised;
  normaliseWith: (
    x: Tensor,
    scale: Tensor,
    offset: Tensor,
    mean: Tensor,
    variance: Tensor,
    epsilon: number,
    slope: number,
  ) => Normalised;
  relu: (x: Tensor) => Tensor;
  reluBack: (dy: Tensor, output: Tensor) => Tensor;
  leakyRelu: (x: Tensor, slope: number) => Tensor;
  leakyReluBack: (dy: Tensor, output: Tensor, slope: number) => Tensor;
  maxPool: (x: Tensor, options: MaxPoolOptions) => Tensor;
  maxPoolBack: (dy: Tensor, x: Tensor, output: Tensor, options: MaxPoolOptions) => Tensor;
  averagePool: (x: Tensor, size: readonly number[]) => Tensor;
  averagePoolBack: (dy: Tensor, x: Tensor, size: readonly number[]) => Tensor;
  sumOfSquares: (x: Tensor) => Scalar;
  nesterovUpdate: (w: Tensor, b: Tensor, gradient: Tensor, factors: Tensor1D) => [Tensor, Tensor];
  adamUpdate: (
    w: Tensor,
    mean: Tensor,
    square: Tensor,
    gradient: Tensor,
    factors: Tensor1D,
  ) => [Tensor, Tensor, Tensor];
}
