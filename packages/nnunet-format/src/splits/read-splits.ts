import { checkArguments, rule } from '@fractura/errors';
import { checkFileName } from '@fractura/array-files';
import { NnunetFormatError } from '../errors.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';
import type { FoldSplit } from './fold-split.js';

/**
 * Reads a `splits_final.json`, of nnU-Net or ours, with any number of folds.
 *
 * @throws NnunetFormatError `splits-missing`, `splits-invalid`, naming the file; ArrayFilesError `unsafe-name`.
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export async function readSplits(file: string): Promise<FoldSplit[]> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  const splits = await readSplitsIfAny(file);
  if (splits) {
    return splits;
  }
  throw new NnunetFormatError(`${file} does not exist.`, {
    code: 'splits-missing',
    remedy: 'Train a fold, which deals the preprocessed cases to five folds, or write the file.',
  });
}

/**
 * The splits in a file, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `splits-invalid`, naming the file.
 */
export async function readSplitsIfAny(file: string): Promise<FoldSplit[] | undefined> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  return readJsonIfAny(file, {
    what: 'a file of splits',
    code: 'splits-invalid',
    remedy:
      'It is a list of { "train": [...], "val": [...] } with names of cases; without the file, training makes one.',
    check: (content) => checkSplits(content, file),
  });
}

function checkSplits(content: unknown, file: string): FoldSplit[] {
  if (!Array.isArray(content) || content.length === 0) {
    throw new Error('it is not a list of folds');
  }
  for (const [fold, split] of content.entries()) {
    if (!isSplit(split)) {
      throw new Error(`its entry ${fold} does not have the lists train and val`);
    }
    if (split.train.length === 0 || split.val.length === 0) {
      throw new Error(`its fold ${fold} has no cases to train or to validate on`);
    }
    for (const id of [...split.train, ...split.val]) {
      checkFileName(id, { of: `${file}: the name of a case` });
    }
  }
  return content as FoldSplit[];
}

function isSplit(value: unknown): value is FoldSplit {
  const { train, val } = (value ?? {}) as Partial<FoldSplit>;
  return isNames(train) && isNames(val);
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');
