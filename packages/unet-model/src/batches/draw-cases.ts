import type { LabelSet } from '@fractura/nnunet-format';
import { RandomState } from '@fractura/python-compat';
import { deriveSeed } from '@fractura/seeded-random';
import type { PreprocessedCase } from '../data/preprocessed-case.js';

/** Whether a case shows any class of the foreground. */
export function hasForeground(
  { classLocations }: Pick<PreprocessedCase, 'classLocations'>,
  { foreground }: Pick<LabelSet, 'foreground'>,
): boolean {
  return foreground.some(({ key }) => (classLocations[key]?.length ?? 0) > 0);
}

/**
 * Goes through some cases in random order, all of them before any comes again, and in a new order each time. What is drawn depends
 * on the draw's number alone.
 */
export class CaseDeck {
  readonly #cases: readonly PreprocessedCase[];
  readonly #seed: number;
  #round = -1;
  #order: readonly number[] = [];

  constructor(cases: readonly PreprocessedCase[], seed: number) {
    this.#cases = cases;
    this.#seed = seed;
  }

  /** The case of draw `number`, from 0. */
  at(number: number): PreprocessedCase {
    const round = Math.floor(number / this.#cases.length);
    if (round !== this.#round) {
      this.#order = new RandomState(deriveSeed(this.#seed, round)).permutation(this.#cases.length);
      this.#round = round;
    }
    return this.#cases[this.#order[number % this.#cases.length]];
  }
}
