import type { Tensor } from '@tensorflow/tfjs';

/** What one step knows beside the parameters. */
export interface StepSettings {
  learningRate: number;
  /** Takes the place of the rule's own where a parameter has one. */
  weightDecay?: number;
  /** The first step is 1. */
  step: number;
  /** Those of all parameters that have one. */
  gradients: readonly Tensor[];
}

/**
 * The update of one parameter along its gradient.
 *
 * @param averages the rule's running averages of this parameter, zeros before its first gradient
 * @returns the new weights, then the new averages in the same order
 */
export type Update = (weights: Tensor, gradient: Tensor, averages: readonly Tensor[]) => [weights: Tensor, ...Tensor[]];

/** How an optimizer learns: plain data and functions, so that users can write their own. */
export interface UpdateRule {
  /** Names of the running averages kept for each parameter; checkpoints hold them as `optimizer.<average>.<parameter>`. */
  readonly averages: readonly string[];
  /** The update that one step applies to all parameters with these settings; called within `tf.tidy`. */
  begin: (settings: StepSettings) => Update;
}
