import type { RunSettings } from './run-settings.js';

/** Validation iterations after each epoch: those that are set, or a fifth of the training iterations, at least 1. */
export function validationIterationsOf({
  iterations,
  validationIterations,
}: Pick<RunSettings, 'iterations' | 'validationIterations'>): number {
  return validationIterations > 0 ? validationIterations : Math.max(1, Math.round(iterations / 5));
}
