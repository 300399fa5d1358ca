import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  generateSplits,
  randomSplit,
  readSplits,
  sharedCases,
  writeSplits,
  type FoldName,
  type FoldSplit,
} from '@fractura/nnunet-format';
import { listPreprocessedCases } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';

/** Where the cases and their splits lie. */
export interface SplitFolders {
  /** The data set's folder among the preprocessed ones, for splits_final.json. */
  dataset: string;
  /** Its folder of preprocessed cases of one configuration. */
  cases: string;
}

/** The cases of a fold, and in words for the log where the split comes from. */
export interface ChosenSplit {
  split: FoldSplit;
  origin: string;
  /** What a user may not have meant, in a sentence. */
  doubt?: string;
}

/**
 * Makes `splits_final.json` where there is none, as nnU-Net's first training does; one that is there is used as it is.
 *
 * @throws NnunetError `no-cases`; NnunetFormatError `too-few-cases`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export async function ensureSplits(folders: SplitFolders): Promise<void> {
  const file = splitsFile(folders);
  if (!existsSync(file)) {
    await writeSplits(file, generateSplits(await preprocessedCases(folders)));
  }
}

/**
 * The cases that a fold trains and validates on: those of `splits_final.json`, or those that it would get; for a fold that the
 * file does not have a random 80:20 split; for `all` every case for both.
 *
 * @throws NnunetError `no-cases`; NnunetFormatError `splits-invalid`, `too-few-cases`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export async function foldSplit(fold: FoldName, folders: SplitFolders): Promise<ChosenSplit> {
  if (fold === 'all') {
    const ids = await preprocessedCases(folders);
    return { split: { train: ids, val: ids }, origin: 'Training and validating on all cases.' };
  }
  const file = splitsFile(folders);
  const splits = existsSync(file) ? await readSplits(file) : generateSplits(await preprocessedCases(folders));
  const origin = `Using splits from existing split file: ${file}\nThe split file contains ${splits.length} splits.`;
  if (fold >= splits.length) {
    const doubt = `${file} has no fold ${fold}: taking a random (but seeded) 80:20 split.`;
    return { split: randomSplit(await preprocessedCases(folders), fold), origin, doubt };
  }
  const split = splits[fold];
  const shared = sharedCases(split);
  if (shared.length === 0) {
    return { split, origin };
  }
  const example = shared.length === 1 ? `case ${shared[0]} is` : `${shared.length} cases are`;
  const such = shared.length === 1 ? '' : `, such as ${shared[0]}`;
  const doubt = `Warning: ${example} on both sides of fold ${fold}${such}: its validation says nothing.`;
  return { split, origin, doubt };
}

async function preprocessedCases({ cases: folder }: SplitFolders): Promise<string[]> {
  const ids = existsSync(folder) ? await listPreprocessedCases(folder) : [];
  if (ids.length > 0) {
    return ids;
  }
  throw new NnunetError(`${folder} has no preprocessed cases.`, {
    code: 'no-cases',
    remedy: 'Preprocess the data set for this configuration: fractura preprocess -d DATASET -c CONFIGURATION.',
  });
}

const splitsFile = ({ dataset }: SplitFolders) => join(dataset, 'splits_final.json');
