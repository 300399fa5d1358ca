import type { NetworkState, Parameter } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { Backbone, RunBackboneOptions } from '../backbone/backbone.js';
import { BackbonesError } from '../errors.js';

/** An image classifier: a backbone and a head that gives a logit for each class. Whoever built it disposes it. */
export interface Classifier extends Backbone, NetworkState {
  readonly inputChannels: number;
  readonly classes: number;
  /** What an optimizer changes, in the published network's order and under its names. */
  readonly parameters: readonly Parameter[];

  /**
   * Logits of a batch.
   *
   * @param x `[batch, height, width, channels]`, float32, of any size.
   * @returns `[batch, classes]`; the caller disposes, or the engine's scope does
   */
  forward(x: Tensor, options?: RunBackboneOptions): Tensor;

  /** Logits `[batch, classes]` from the result of {@link Backbone.lastFeatures}. */
  classify(lastFeatures: Tensor, options?: RunBackboneOptions): Tensor;
  dispose(): void;
}

/** @throws BackbonesError `option-invalid` */
export function requirePositiveInteger(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) {
    return;
  }
  throw new BackbonesError(`The option ${name} is ${value}.`, {
    code: 'option-invalid',
    remedy: 'Give a whole number of at least 1.',
  });
}
