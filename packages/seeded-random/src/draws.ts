import { RandomState } from '@fractura/python-compat';

/** Random choices, each made of uniform numbers of numpy's `RandomState`; not numpy's own `randint`, `choice` and `shuffle`. */
export interface Draws {
  /** Uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** A whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  /** True with a probability. */
  chance: (probability: number) => boolean;
  /** One of the items, all as likely; there must be one. */
  oneOf: <Item>(items: readonly Item[]) => Item;
  /** The items in a random order (Fisher and Yates). */
  shuffled: <Item>(items: readonly Item[]) => Item[];
}

/**
 * The choices that follow from a seed, a whole number from 0 to 2^32 - 1.
 *
 * @throws PythonCompatError `bad-seed`
 */
export function drawsFrom(seed: number): Draws {
  const random = new RandomState(seed);
  const between = (low: number, high: number) => low + (high - low) * random.randomSample();
  const whole = (low: number, high: number) => low + Math.floor((high - low + 1) * random.randomSample());
  return {
    between,
    whole,
    /** True with a probability. */
    chance: (probability) => random.randomSample() < probability,
    oneOf: (items) => items[whole(0, items.length - 1)],
    shuffled(items) {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = whole(0, i);
        [result[i], result[j]] = [result[j], result[i]];
      }
      return result;
    },
  };
}
