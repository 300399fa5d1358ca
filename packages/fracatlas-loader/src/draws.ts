import { RandomState } from '@fractura/python-compat';

/** The random choices that a scene is made of, drawn from numpy's RandomState. */
export interface Draws {
  /** Uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** A whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  oneOf: <Item>(items: readonly Item[]) => Item;
  shuffled: <Item>(items: readonly Item[]) => Item[];
}

export function drawsFrom(seed: number): Draws {
  const random = new RandomState(seed);
  const between = (low: number, high: number) => low + (high - low) * random.randomSample();
  const whole = (low: number, high: number) => low + Math.floor((high - low + 1) * random.randomSample());
  return {
    between,
    whole,
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
