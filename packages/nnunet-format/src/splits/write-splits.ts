import { encodePythonJson } from '@fractura/python-compat';
import { writeDescription } from '../files/write-description.js';
import type { FoldSplit } from './fold-split.js';

/**
 * Writes `splits_final.json` as nnU-Net does, byte for byte.
 *
 * @throws ArrayFilesError `file-unwritable`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export async function writeSplits(file: string, splits: readonly FoldSplit[]): Promise<void> {
  await writeDescription(file, encodePythonJson(splits, { indent: 4, sortKeys: true }));
}
