import type { FoldedNorm } from '@fractura/backbones';

/** One operation of a network; `inputs` and `output` name values, the rest names tensors of the `state_dict`. */
export type GraphStep = { inputs: readonly string[]; output: string } & (
  | ConvolutionStep
  | { operation: 'transposedConvolution'; kernel: string; bias?: string; strides: readonly number[] }
  | { operation: 'instanceNorm'; scale: string; offset: string; epsilon: number }
  | { operation: 'leakyRelu'; slope: number }
  | { operation: 'averagePool'; size: readonly number[] }
  | { operation: 'maxPool'; size: number; strides: number; padding: number }
  | { operation: 'upsample'; method: 'nearest' | 'bilinear' }
  | { operation: 'dense'; kernel: string; bias: string }
  | { operation: 'add' | 'concatenate' | 'relu' | 'relu6' | 'globalAveragePool' }
);

export interface ConvolutionStep {
  operation: 'convolution';
  kernel: string;
  bias?: string;
  strides: readonly number[];
  /** Zeros on both sides of each axis, or TensorFlow's SAME. */
  padding: readonly number[] | 'same';
  /** One kernel for each channel. Default false. */
  depthwise?: boolean;
}

/** A value that a network gives: maps of logits, by how much smaller than the image, or one row for each image. */
export interface GraphOutput {
  name: string;
  channels: number;
  shape: 'full' | 'half' | 'row';
}

/** The operations of a network in the order in which they run; the first reads `input`. */
export interface NetworkGraph {
  spatialRank: number;
  steps: readonly GraphStep[];
  /** `logits`, and others where the network has them. */
  outputs: readonly GraphOutput[];
  /** Batch norms that the steps take as folded into the convolutions before them. */
  folds: readonly FoldedNorm[];
}
