import type { SplitRecord } from './split.js';

/** Puts a record into a stratum: the same name, the same stratum. */
export type StratumOf<Item extends SplitRecord> = (record: Item) => string;

/** The stratum of every file, and how many files each has; strata by name. */
export function stratify<Item extends SplitRecord>(
  records: readonly Item[],
  stratumOf: StratumOf<Item> = byLabel,
): { of: (file: string) => string; sizes: Map<string, number> } {
  const strata = new Map(records.map((record) => [record.file, stratumOf(record)]));
  const names = [...new Set(strata.values())].sort();
  const sizes = new Map(names.map((name) => [name, 0]));
  for (const name of strata.values()) {
    sizes.set(name, sizes.get(name)! + 1);
  }
  return { of: (file) => strata.get(file)!, sizes };
}

function byLabel({ fractured }: SplitRecord): string {
  return fractured ? 'fractured' : 'normal';
}

/** Shares out `total` in proportion to sizes, in whole numbers by largest remainder; the earlier stratum on a tie. */
export function proportionalCounts(total: number, sizes: ReadonlyMap<string, number>): Record<string, number> {
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const exact = [...sizes].map(([name, size]) => ({ name, share: (total * size) / all }));
  const counts = Object.fromEntries(exact.map(({ name, share }) => [name, Math.floor(share)]));
  const left = total - Object.values(counts).reduce((sum, count) => sum + count, 0);
  const byRemainder = exact.sort((a, b) => (b.share % 1) - (a.share % 1));
  for (const { name } of byRemainder.slice(0, left)) {
    counts[name] += 1;
  }
  return counts;
}
