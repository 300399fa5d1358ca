import type { NetworkState, Parameter } from '@fractura/tfjs-training';
import type { UnetArchitecture } from '@fractura/nnunet-format';
import type { Tensor } from '@tensorflow/tfjs';
import type { BackboneUnetArchitecture } from './backbone-unet-architecture.js';

/** What a network is built by: a plan's architecture, or a backbone and what stands on it. */
export type NetworkArchitecture = UnetArchitecture | Required<BackboneUnetArchitecture>;

/** How a network is run on a batch. */
export interface RunNetworkOptions {
  /** Batch norms, where there are any, use the batch's statistics and move the running ones. Default false. */
  training?: boolean;
  /** Logits of every head, not of the highest resolution alone. Default false. */
  deepSupervision?: boolean;
}

/** What a network says of a batch; the caller disposes it, or the engine's scope does. */
export interface SegmentationOutput {
  /** `[batch, (depth,) height, width, classes]` each, highest resolution first. */
  logits: Tensor[];
  /** `[batch, classes]`: whether each class is anywhere in the image; only where the network has a head for it. */
  presence?: Tensor;
}

/** A network as predictions take it: trained here, or loaded as a graph. */
export type PredictingNetwork = Pick<
  SegmentationNetwork,
  'spatialRank' | 'inputChannels' | 'outputChannels' | 'forward'
>;

/** A network that gives every pixel logits, whatever it is made of: what trainings and predictions take. Whoever built it disposes it. */
export interface SegmentationNetwork extends NetworkState {
  readonly architecture: NetworkArchitecture;
  /** Two for images, three for volumes. */
  readonly spatialRank: number;
  readonly inputChannels: number;
  /** Classes including background, or regions. */
  readonly outputChannels: number;
  /** In PyTorch's optimizer order. */
  readonly parameters: readonly Parameter[];
  /** The encoder's parameters down to a stride, which is included, where the encoder is a backbone: what an optimizer may leave out. */
  readonly parametersDownTo?: (stride: number) => readonly Parameter[];

  /**
   * Logits of a batch.
   *
   * @param x `[batch, (depth,) height, width, channels]`, float32; each axis divisible by its strides' product.
   */
  forward(x: Tensor, options?: RunNetworkOptions): SegmentationOutput;
  dispose(): void;
}
