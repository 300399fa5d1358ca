import { drawsFrom } from '@fractura/seeded-random';
import { Resnet18ClassifierError } from '../errors.js';

export interface DrawFoldsOptions {
  /** At least 2. */
  folds: number;
  seed: number;
}

/**
 * Deals films to folds, those of a group to the same one, so that folds have about as many films of each label: group by group in a
 * random order, the larger ones first, each to the fold that has the fewest of its labels.
 *
 * @returns the fold of each film, from 0
 * @throws Resnet18ClassifierError `folds-invalid` where a fold would lack a label
 */
export function drawFolds(
  films: readonly { id: string; label: number; group?: string | undefined }[],
  { folds, seed }: DrawFoldsOptions,
): number[] {
  const groups = new Map<string, number[]>();
  films.forEach(({ id, group }, i) => {
    // A film without a group is one of its own, whatever groups are called.
    const key = group === undefined ? `film ${id}` : `group ${group}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  const { shuffled } = drawsFrom(seed);
  const order = shuffled([...groups.values()]).sort((a, b) => b.length - a.length);
  const labels = [...new Set(films.map(({ label }) => label))];
  const counts = Array.from({ length: folds }, () => new Map(labels.map((label) => [label, 0])));
  const fold = new Array<number>(films.length);
  for (const members of order) {
    const load = (each: Map<number, number>) => members.reduce((sum, i) => sum + each.get(films[i].label)!, 0);
    const total = (each: Map<number, number>) => [...each.values()].reduce((sum, count) => sum + count, 0);
    const ranked = counts.map((each, k) => [load(each), total(each), k] as const);
    const [, , chosen] = ranked.reduce((best, each) =>
      each[0] < best[0] || (each[0] === best[0] && each[1] < best[1]) ? each : best,
    );
    for (const i of members) {
      fold[i] = chosen;
      counts[chosen].set(films[i].label, counts[chosen].get(films[i].label)! + 1);
    }
  }
  const lacking = counts.findIndex((each) => [...each.values()].includes(0));
  if (lacking >= 0) {
    throw new Resnet18ClassifierError(`Of ${folds} folds of ${films.length} films, one would lack a label.`, {
      code: 'folds-invalid',
      remedy: 'Take fewer folds, or more films or smaller groups of the rarer label.',
    });
  }
  return fold;
}
