import { unusedCategories, type CocoCategory, type CocoFile } from '@fractura/coco';
import type { LabelChoices } from './plan-labels.js';

/** Categories to make labels of, and what is to be said of the others. */
export interface UsedCategories {
  categories: readonly CocoCategory[];
  /** A sentence for each category that nobody uses. */
  sentences: string[];
}

/**
 * Leaves out categories without any annotation, such as the root that Roboflow writes before the classes: a network cannot learn them,
 * and the numbers of the others would not begin at 1. They stay where the caller says which categories make which label, and where
 * nothing is annotated at all.
 */
export function usedCategories(coco: CocoFile, { labels, regions }: LabelChoices): UsedCategories {
  const unused = unusedCategories(coco);
  const isLeftOut = labels === undefined && regions === undefined && unused.length < coco.categories.length;
  const named = new Set(Object.values(labels ?? {}).flat());
  const missed = unused.filter(({ name }) => labels === undefined || named.has(name));
  const consequence = isLeftOut
    ? 'it gets no label; name it in the option labels to keep it'
    : 'no pixel of it is drawn';
  return {
    categories: isLeftOut ? coco.categories.filter((category) => !unused.includes(category)) : coco.categories,
    sentences: missed.map(({ name }) => `The category "${name}" has no annotation: ${consequence}.`),
  };
}
