import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs';

import type { ConvolutionGeometry, MaxPoolOptions } from '../../shapes/geometry.js';
import type { Precision } from '../../precision/precision.js';

/** min(x, ceiling) where x is positive, slope x elsewhere: a ReLU has slope 0, ReLU6 the ceiling 6 too. */
export interface Activation {
  slope: number;
  /** Infinity for none. */
  ceiling: number;
}

/** A normalisation that has run, with what its gradient reads. */
export interface Normalised {
  output: Tensor;
  saved: Tensor[];
  /** Gradients with respect to the input, the scale and the offset. */
  back: (dy: Tensor) => [Tensor, Tensor, Tensor];
  /** The batch's mean and biased variance, `[channels]` each, where it was normalised with them. */
  statistics?: { mean: Tensor; variance: Tensor };
}

/** What else a convolution for use takes, at most one of both, and none where it is depthwise. */
export interface Beside {
  /** Added in the end, after the activation: a skip connection, of the output's shape. */
  plus?: Tensor;
  /** A map of half the size: each of its positions, repeated to a block of two by two, comes before x's channels. */
  deeper?: Tensor;
}

/** A convolution with its bias and an activation, for use: it has no gradient. */
export interface ConvolutionForUse extends Beside {
  geometry: ConvolutionGeometry;
  /** Each channel by itself; the kernel is `[kh, kw, 1, channels]`. */
  depthwise: boolean;
  then: Activation;
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
  /** Each channel by itself; the kernel is `[kh, kw, 1, channels]`. */
  convolveDepthwise: (x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry) => Tensor;
  convolveDepthwiseBackInput: (
    dy: Tensor,
    kernel: Tensor,
    inputShape: number[],
    geometry: ConvolutionGeometry,
  ) => Tensor;
  convolveDepthwiseBackKernel: (x: Tensor, dy: Tensor, kernelShape: number[], geometry: ConvolutionGeometry) => Tensor;
  addBias: (x: Tensor, bias: Tensor) => Tensor;
  /** A kernel and a bias in the form in which `convolveForUse` takes them; x will have the precision. */
  prepareForUse: (kernel: Tensor, bias: Tensor, how: { depthwise: boolean; precision: Precision }) => Tensor[];
  convolveForUse: (x: Tensor, prepared: readonly Tensor[], convolution: ConvolutionForUse) => Tensor;
  sumOverPositions: (x: Tensor) => Tensor;
  /** Followed by an activation, as all normalisations here. */
  instanceNormalise: (x: Tensor, scale: Tensor, offset: Tensor, epsilon: number, then: Activation) => Normalised;
  batchNormalise: (x: Tensor, scale: Tensor, offset: Tensor, epsilon: number, then: Activation) => Normalised;
  normaliseWith: (
    x: Tensor,
    scale: Tensor,
    offset: Tensor,
    mean: Tensor,
    variance: Tensor,
    epsilon: number,
    then: Activation,
  ) => Normalised;
  relu: (x: Tensor) => Tensor;
  reluBack: (dy: Tensor, output: Tensor) => Tensor;
  relu6: (x: Tensor) => Tensor;
  relu6Back: (dy: Tensor, output: Tensor) => Tensor;
  leakyRelu: (x: Tensor, slope: number) => Tensor;
  leakyReluBack: (dy: Tensor, output: Tensor, slope: number) => Tensor;
  maxPool: (x: Tensor, options: MaxPoolOptions) => Tensor;
  maxPoolBack: (dy: Tensor, x: Tensor, output: Tensor, options: MaxPoolOptions) => Tensor;
  averagePool: (x: Tensor, size: readonly number[]) => Tensor;
  averagePoolBack: (dy: Tensor, x: Tensor, size: readonly number[]) => Tensor;
  /** Every position becomes a block of `factor` positions along each spatial axis. */
  upsampleNearest: (x: Tensor, factor: number) => Tensor;
  upsampleNearestBack: (dy: Tensor, factor: number) => Tensor;
  sumOfSquares: (x: Tensor) => Scalar;
  /** However many they are. */
  sumOfScalars: (terms: Scalar[]) => Scalar;
  nesterovUpdate: (w: Tensor, b: Tensor, gradient: Tensor, factors: Tensor1D) => [Tensor, Tensor];
  adamUpdate: (
    w: Tensor,
    mean: Tensor,
    square: Tensor,
    gradient: Tensor,
    factors: Tensor1D,
  ) => [Tensor, Tensor, Tensor];
}
