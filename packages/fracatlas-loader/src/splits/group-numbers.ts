/** The number of each file's group, such as those of {@link groupRecords}: by it an interval draws groups whole. */
export function groupNumbers(groups: readonly (readonly string[])[]): Map<string, number> {
  return new Map(groups.flatMap((files, group) => files.map((file) => [file, group] as const)));
}
