import { UsageError } from '@fractura/command-line';

/** A fold's number, or `all` for a training on every case. */
export type FoldName = number | 'all';

/** Reads `0`, `all`, or several folds as `0,1,2,3,4`. @throws UsageError */
export function readFoldNames(text: string): FoldName[] {
  const folds = text.split(',').map((word) => {
    if (word === 'all') {
      return word;
    }
    if (/^\d+$/.test(word)) {
      return Number(word);
    }
    throw new UsageError(`"${text}" names no fold: write a number, all, or several numbers as 0,1,2,3,4.`);
  });
  if (new Set(folds).size === folds.length) {
    return folds;
  }
  throw new UsageError(`"${text}" names a fold twice.`);
}
