import type { RunSettings } from './run-settings.js';
import { secondsForSteps } from './seconds-for-steps.js';

/** Sizes to choose from, largest first; every backbone's and plan's strides divide them. */
const sizes = [640, 448, 320] as const;

/** Steps of a fold without which a larger size is not worth its time: about where the Dice at 448 pixels passes 0.3. */
const fewestSteps = 500;

/** A step of small-lesions, eight films of 448 x 448 pixels with EfficientNet-Lite0, measured: 0.85 s at 170 GF/s in training. */
const referenceStep = { seconds: 0.85, size: 448, gflops: 170 } as const;

/**
 * The size of the films for a run of so many hours on an engine of this speed: the largest at which every fold has enough steps, else
 * the smallest. Resolution helps small lesions most.
 */
export function sizeForHours({ hours, folds }: Pick<RunSettings, 'hours' | 'folds'>, trainingGflops: number): number {
  const fits = sizes.find((size) => {
    const step = referenceStep.seconds * (size / referenceStep.size) ** 2 * (referenceStep.gflops / trainingGflops);
    return secondsForSteps(hours) / (folds * step) >= fewestSteps;
  });
  return fits ?? sizes[sizes.length - 1];
}
