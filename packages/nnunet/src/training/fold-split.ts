import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSplits, randomSplit, writeSplits, type FoldSplit } from '@fractura/nnunet-format';
import { listPreprocessedCases } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';
import type { FoldName } from './fold-names.js';

/** Where the cases and their splits lie. */
export interface SplitFolders {
  /** The data set's folder in nnUNet_preprocessed, for splits_final.json. */
  dataset: string;
  /** Its folder of cases of one configuration. */
  cases: string;
}

/**
 * Makes `splits_final.json` where there is none, as nnU-Net's first training does; one that is there is used as it is.
 *
 * @throws NnunetError `no-cases`; NnunetPlannerError `too-few-cases`
 */
export async function ensureSplits(folders: SplitFolders): Promise<void> {
  const file = splitsFile(folders);
  if (!existsSync(file)) {
    await writeSplits(file, generateSplits(await preprocessedCases(folders)));
  }
}

/**
 * The cases that a fold trains and validates on: of `splits_final.json`; for a fold that it lacks a random 80:20 split; for
 * `all` every case for both.
 *
 * @returns the split, and in words for the log where it came from.
 * @throws NnunetError `splits-invalid`, `no-cases`
 * @see reference/nnunet-v2/behaviour.md, section 5.1
 */
export async function foldSplit(fold: FoldName, folders: SplitFolders): Promise<{ split: FoldSplit; origin: string }> {
  if (fold === 'all') {
    const ids = await preprocessedCases(folders);
    return { split: { train: ids, val: ids }, origin: 'Training and validating on all cases.' };
  }
  const file = splitsFile(folders);
  const splits = await readSplits(file);
  const origin = `Using splits from existing split file: ${file}\nThe split file contains ${splits.length} splits.`;
  if (fold < splits.length) {
    return { split: splits[fold], origin };
  }
  return {
    split: randomSplit(await preprocessedCases(folders), fold),
    origin: `${origin}\nIt has no fold ${fold}: taking a random (but seeded) 80:20 split.`,
  };
}

async function readSplits(file: string): Promise<FoldSplit[]> {
  const invalid = (what: string, cause?: unknown) =>
    new NnunetError(`${file}: ${what}.`, {
      code: 'splits-invalid',
      remedy:
        'It must be a list of { "train": [...], "val": [...] } with names of cases; without the file one is made.',
      cause,
    });
  let splits: unknown;
  try {
    splits = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid('cannot be read as JSON', cause);
  }
  const isNames = (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === 'string');
  const isSplit = (value: unknown): value is FoldSplit =>
    typeof value === 'object' &&
    value !== null &&
    'train' in value &&
    'val' in value &&
    isNames(value.train) &&
    isNames(value.val);
  if (!Array.isArray(splits) || splits.length === 0) {
    throw invalid('is not a list of splits');
  }
  const broken = splits.findIndex((split) => !isSplit(split));
  if (broken >= 0) {
    throw invalid(`its entry ${broken} is not a split`);
  }
  const empty = (splits as FoldSplit[]).findIndex(({ train, val }) => train.length === 0 || val.length === 0);
  if (empty >= 0) {
    throw invalid(`its fold ${empty} has no cases to train or to validate on`);
  }
  return splits as FoldSplit[];
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
