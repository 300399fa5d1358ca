/** Joins pairs and larger sets that share a file; groups and their files sorted, each of two files or more. */
export function joinOverlapping(sets: Iterable<readonly string[]>): string[][] {
  const groupOf = new Map<string, Set<string>>();
  for (const files of sets) {
    const joined = new Set(files);
    for (const file of files) {
      for (const other of groupOf.get(file) ?? []) {
        joined.add(other);
      }
    }
    for (const file of joined) {
      groupOf.set(file, joined);
    }
  }
  return [...new Set(groupOf.values())]
    .filter((group) => group.size > 1)
    .map((group) => [...group].sort())
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
