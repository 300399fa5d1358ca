import { checkArguments, rule } from '@fractura/errors';
import { drawsFrom } from '@fractura/seeded-random';
import { FracatlasLoaderError } from '../errors.js';
import { checkSeed } from './check-seed.js';
import { completeGroups } from './complete-groups.js';
import { dealGroups, type PartTarget } from './deal-groups.js';
import { fingerprintOf } from './fingerprint.js';
import { type Split, type SplitRecord, splitRecordRule } from './split.js';
import { stratify, type StratumOf } from './strata.js';

export interface KFoldOptions<Item extends SplitRecord = SplitRecord> {
  seed: number;
  /** @default 5 */
  folds?: number;
  /** Files that stay together, from {@link groupRecords}; without them every file is on its own. */
  groups?: readonly (readonly string[])[];
  /** Gives each record the name of its stratum, each of which is dealt out evenly. @default its label */
  stratumOf?: StratumOf<Item>;
}

/**
 * Deals radiographs to folds at random, evenly in number and stratified by label or as asked, without tearing groups.
 *
 * @returns Parts `fold_0`, `fold_1`, ...: the validation files of each fold. {@link trainingFolds} gives both sides.
 * @throws {@link FracatlasLoaderError} `split-options`.
 */
export function kFold<Item extends SplitRecord>(records: readonly Item[], options: KFoldOptions<Item>): Split {
  checkArguments({ records, options }, kFoldArguments, FracatlasLoaderError);
  const { seed, folds = 5, groups, stratumOf } = options;
  checkSeed(seed);
  if (!Number.isInteger(folds) || folds < 2 || folds > records.length) {
    throw new FracatlasLoaderError(`${folds} folds of ${records.length} radiographs cannot be made.`, {
      code: 'split-options',
      remedy:
        records.length < 2
          ? 'Give at least two radiographs.'
          : `Choose a whole number of folds from 2 to ${records.length}.`,
    });
  }
  const whole = completeGroups(records, groups);
  const strata = stratify(records, stratumOf);
  const targets: PartTarget[] = Array.from({ length: folds }, (_, i) => ({ part: `fold_${i}`, counts: {} }));
  let next = 0;
  for (const [stratum, size] of strata.sizes) {
    for (const { counts } of targets) {
      counts[stratum] = Math.floor(size / folds);
    }
    // What does not divide goes round from fold to fold over both strata, so that the folds stay even.
    for (let i = 0; i < size % folds; i += 1, next += 1) {
      targets[next % folds].counts[stratum] += 1;
    }
  }
  const parts = dealGroups(whole, { targets, stratumOf: strata.of, draws: drawsFrom(seed) });
  return { method: 'k-fold', seed, fingerprint: fingerprintOf(records, whole), parts };
}

/** Both sides of every fold of a k-fold split, as nnU-Net's `splits_final.json` has them, sorted. */
export function trainingFolds(split: Pick<Split, 'parts'>): { train: string[]; val: string[] }[] {
  checkArguments({ split }, trainingFoldsArguments, FracatlasLoaderError);
  const { parts } = split;
  const folds = Object.values(parts);
  return folds.map((val) => ({
    train: folds
      .filter((other) => other !== val)
      .flat()
      .sort(),
    val: [...val],
  }));
}

/** What {@link KFoldOptions} must be. */
export const kFoldOptionsRule = rule.fields({
  seed: rule.anyNumber,
  folds: rule.optional(rule.anyNumber),
  groups: rule.optional(rule.listOf(rule.listOf(rule.anyText))),
  stratumOf: rule.optional(rule.callback),
});

const kFoldArguments = { records: rule.listOf(splitRecordRule), options: kFoldOptionsRule };

const trainingFoldsArguments = { split: rule.fields({ parts: rule.tableOf(rule.listOf(rule.anyText)) }) };
