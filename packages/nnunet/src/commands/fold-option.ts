import { UsageError } from '@fractura/command-line';
import { parseFoldName, type FoldName } from '@fractura/nnunet-format';

/** Reads `0`, `all`, or several folds as `0,1,2,3,4`. @throws UsageError */
export const readFoldList = (text: string): FoldName[] => readFoldNames([text]);

/** Reads folds as an option with several values gives them, as in `-f 0 1 2` or `-f 0,1,2`. @throws UsageError */
export function readFoldNames(words: readonly string[]): FoldName[] {
  const folds = words
    .flatMap((text) => text.split(','))
    .map((word) => {
      const fold = parseFoldName(word);
      if (fold === undefined) {
        throw new UsageError(`"${word}" is not a fold.`, {
          remedy: 'Write a number from 0, all, or several numbers as 0,1,2,3,4.',
        });
      }
      return fold;
    });
  if (new Set(folds).size === folds.length) {
    return folds;
  }
  throw new UsageError(`A fold is named twice in ${folds.join(', ')}.`, { remedy: 'Name each fold once.' });
}
