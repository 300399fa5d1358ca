import type { SplitRecord } from './split.js';

/** Restricts groups to the records and gives every file without a group one of its own. */
export function completeGroups(
  records: readonly SplitRecord[],
  groups: readonly (readonly string[])[] = [],
): string[][] {
  const left = new Set(records.map(({ file }) => file));
  const whole = groups.map((group) => group.filter((file) => left.delete(file))).filter((group) => group.length > 0);
  return [...whole, ...[...left].map((file) => [file])];
}
