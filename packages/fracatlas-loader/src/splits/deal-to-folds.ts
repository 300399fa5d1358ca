import type { RandomState } from '@fractura/python-compat';

/**
 * Deals items to folds at random and evenly: item i of the result names the fold whose network segments it.
 *
 * Held-out and normal images trained no network, so any fold may segment them; dealing them at random keeps the way of
 * predicting from telling class or split.
 */
export function dealToFolds<Item>(items: readonly Item[], folds: number, random: RandomState): Map<Item, number> {
  const order = random.permutation(items.length);
  return new Map(Array.from(order, (position, index) => [items[position], index % folds]));
}
