import { checkArguments, rule } from '@fractura/errors';
import { encodePythonJson } from '@fractura/python-compat';
import { writeDescription } from '../files/write-description.js';
import { type FoldSplit, foldSplitRule } from './fold-split.js';
import { NnunetFormatError } from '../errors.js';

/**
 * Writes `splits_final.json` as nnU-Net does, byte for byte.
 *
 * @throws ArrayFilesError `file-unwritable`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export async function writeSplits(file: string, splits: readonly FoldSplit[]): Promise<void> {
  checkArguments({ file, splits }, writeSplitsArguments, NnunetFormatError);
  await writeDescription(file, encodePythonJson(splits, { indent: 4, sortKeys: true }));
}

const writeSplitsArguments = { file: rule.text, splits: rule.listOf(foldSplitRule) };
