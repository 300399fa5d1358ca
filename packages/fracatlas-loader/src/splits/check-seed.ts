import { FracatlasLoaderError } from '../errors.js';

/** @throws {@link FracatlasLoaderError} `split-options` for a seed that is not a whole number. */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed)) {
    return;
  }
  throw new FracatlasLoaderError(`The seed of the split is ${seed}.`, {
    code: 'split-options',
    remedy: 'Give a whole number: the same one gives the same split again.',
  });
}
