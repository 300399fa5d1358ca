import type { Parameter } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';

/** One of the feature maps that a backbone gives. */
export interface FeatureStage {
  /** Pixels of the image per position of the map, along both axes. */
  readonly stride: number;
  readonly channels: number;
}

/** How a backbone is run. */
export interface RunBackboneOptions {
  /** Batch norms use the batch's statistics and move the running ones. Default false: they use the running ones. */
  training?: boolean;
  /** Even in training, batch norms of the stages down to this stride use their running statistics. Default 0: none does. */
  frozenStride?: number;
}

/** The convolutional part of a network. Its parameters belong to the scope that it was built in. */
export interface Backbone {
  /** The feature maps, highest resolution first; the last is the deepest. */
  readonly stages: readonly FeatureStage[];

  /**
   * The feature maps of every stage, such as the encoder of a U-Net gives them.
   *
   * @param x `[batch, height, width, channels]`, float32, of any size
   * @returns one for each stage, `[batch, height / stride, width / stride, channels]` with sizes rounded up; the caller disposes
   *   them, or the engine's scope does
   */
  features(x: Tensor, options?: RunBackboneOptions): Tensor[];

  /** The last of {@link Backbone.features} alone; the others are freed on the way. */
  lastFeatures(x: Tensor, options?: RunBackboneOptions): Tensor;

  /**
   * The last of {@link Backbone.features} from an earlier one of them.
   *
   * @param map the feature map of the stage of this stride
   */
  lastFeaturesAfter(map: Tensor, stride: number): Tensor;

  /** What an optimizer leaves alone where the stem and the stages down to a stride, which is included, are frozen. */
  parametersDownTo(stride: number): readonly Parameter[];
}
