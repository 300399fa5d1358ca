/** The cases of one fold, under the keys of `splits_final.json`. */
export interface FoldSplit {
  train: string[];
  val: string[];
}

/** The cases on both sides of a split, which make its validation worthless; sorted. */
export function sharedCases({ train, val }: FoldSplit): string[] {
  const trained = new Set(train);
  return [...new Set(val)].filter((id) => trained.has(id)).sort();
}
