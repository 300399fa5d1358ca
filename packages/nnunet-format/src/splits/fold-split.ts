/** The cases of one fold, under the keys of `splits_final.json`. */
export interface FoldSplit {
  train: string[];
  val: string[];
}
