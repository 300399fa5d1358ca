import type { RandomState } from '@fractura/python-compat';

/** The parts of a study that fractured radiographs were dealt to. */
export interface DealtFractures {
  heldOut: readonly string[];
  /** Validation files of each fold. */
  validation: readonly (readonly string[])[];
}

/** The normal radiographs of each part. */
export interface DealtNormals {
  heldOut: string[];
  validation: string[][];
}

/** The held-out share of the fractured radiographs, and of the normal ones. */
const heldOutShare = 0.2;

/**
 * Draws normal radiographs and deals them to the parts that the fractured ones are dealt to already, which stay as they are: a
 * fifth is held out, the folds get the same number of the others. No group is torn: normal radiographs of a group with a
 * fractured one go where that one is, and groups are drawn whole, so that there may be a few more than wanted.
 *
 * @param groups files that stay together; only `normals` and the dealt files count.
 */
export function dealNormals(
  normals: readonly string[],
  {
    dealt,
    groups,
    wanted,
    random,
  }: { dealt: DealtFractures; groups: readonly (readonly string[])[]; wanted: number; random: RandomState },
): DealtNormals {
  const parts = [dealt.heldOut, ...dealt.validation];
  const partOf = new Map(parts.flatMap((files, part) => files.map((file) => [file, part] as const)));
  const others = (1 - heldOutShare) / dealt.validation.length;
  const shares = parts.map((_, part) => (part === 0 ? heldOutShare : others));
  const isNormal = new Set(normals);
  const chosen = parts.map((): string[] => []);
  let count = 0;
  for (const index of random.permutation(groups.length)) {
    const own = groups[index].filter((file) => isNormal.has(file));
    if (own.length === 0 || count >= wanted) {
      continue;
    }
    const fractured = groups[index].find((file) => partOf.has(file));
    const part = fractured === undefined ? emptiest(chosen, shares) : partOf.get(fractured)!;
    chosen[part].push(...own);
    count += own.length;
  }
  const [heldOut, ...validation] = chosen.map((files) => files.sort());
  return { heldOut, validation };
}

/** The part that has least of its share. */
function emptiest(chosen: readonly (readonly string[])[], shares: readonly number[]): number {
  const filled = chosen.map((files, part) => files.length / shares[part]);
  return filled.indexOf(Math.min(...filled));
}
