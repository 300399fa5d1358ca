import type { Target } from './target.js';

/** What a loss compares the network's output with. */
export interface LossContext {
  /** Labels at the sizes of the output's logits, highest resolution first. */
  targets: readonly Target[];
  /** Whether the data set has regions, each a sigmoid, instead of exclusive labels under a softmax. */
  regions: boolean;
  /** The plan's `batch_dice`. */
  batchDice: boolean;
}
