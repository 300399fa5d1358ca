import { checkArguments, rule } from '@fractura/errors';
import { drawsFrom } from '@fractura/seeded-random';
import { FracatlasLoaderError } from '../errors.js';
import { checkSeed } from './check-seed.js';
import { completeGroups } from './complete-groups.js';
import { dealGroups } from './deal-groups.js';
import { fingerprintOf } from './fingerprint.js';
import { type Split, type SplitRecord, splitRecordRule } from './split.js';
import { proportionalCounts, stratify, type StratumOf } from './strata.js';

export interface HoldOutOptions<Item extends SplitRecord = SplitRecord> {
  seed: number;
  /** The share of the files that is held out, in (0, 1). @default 0.2 */
  testShare?: number;
  /** Files that stay together, from {@link groupRecords}; without them every file is on its own. */
  groups?: readonly (readonly string[])[];
  /** Gives each record the name of its stratum, all of which are held out in the same share. @default its label */
  stratumOf?: StratumOf<Item>;
}

/**
 * Holds out a random share of the radiographs, stratified by label or as asked, without tearing groups.
 *
 * As in scikit-learn's `train_test_split`, the held-out number is rounded up: 717 radiographs give 573 and 144.
 *
 * @returns Parts `train` and `test`.
 * @throws {@link FracatlasLoaderError} `split-options`.
 */
export function holdOut<Item extends SplitRecord>(records: readonly Item[], options: HoldOutOptions<Item>): Split {
  checkArguments({ records, options }, holdOutArguments, FracatlasLoaderError);
  const { seed, testShare = 0.2, groups, stratumOf } = options;
  checkSeed(seed);
  if (!(testShare > 0 && testShare < 1)) {
    throw new FracatlasLoaderError(`testShare is ${testShare}; expected a number between 0 and 1.`, {
      code: 'split-options',
      remedy: 'Give the share to hold out, such as 0.2.',
    });
  }
  const whole = completeGroups(records, groups);
  const strata = stratify(records, stratumOf);
  const test = proportionalCounts(Math.ceil(records.length * testShare), strata.sizes);
  const train = Object.fromEntries([...strata.sizes].map(([name, size]) => [name, size - test[name]]));
  const parts = dealGroups(whole, {
    targets: [
      { part: 'train', counts: train },
      { part: 'test', counts: test },
    ],
    stratumOf: strata.of,
    draws: drawsFrom(seed),
  });
  return { method: 'hold-out', seed, fingerprint: fingerprintOf(records, whole), parts };
}

/** What {@link HoldOutOptions} must be. */
export const holdOutOptionsRule = rule.fields({
  seed: rule.anyNumber,
  testShare: rule.optional(rule.anyNumber),
  groups: rule.optional(rule.listOf(rule.listOf(rule.anyText))),
  stratumOf: rule.optional(rule.callback),
});

const holdOutArguments = { records: rule.listOf(splitRecordRule), options: holdOutOptionsRule };
