import { checkOptions, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** The cases of one fold, under the keys of `splits_final.json`. */
export interface FoldSplit {
  train: string[];
  val: string[];
}

/** The cases on both sides of a split, which make its validation worthless; sorted. */
export function sharedCases(options: FoldSplit): string[] {
  const { train, val } = checkOptions(options, foldSplitRule, NnunetFormatError);
  const trained = new Set(train);
  return [...new Set(val)].filter((id) => trained.has(id)).sort();
}

/** What {@link FoldSplit} must be. */
export const foldSplitRule = rule.fields({ train: rule.listOf(rule.anyText), val: rule.listOf(rule.anyText) });
