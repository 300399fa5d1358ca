import { drawsFrom } from '../draws.js';
import { FracatlasLoaderError } from '../errors.js';
import { dealGroups } from './deal-groups.js';
import { fingerprintOf } from './fingerprint.js';
import type { Split, SplitRecord } from './split.js';

export interface HoldOutOptions {
  seed: number;
  /** The share of the files that is held out, in (0, 1). @default 0.2 */
  testShare?: number;
  /** Files that stay together, from {@link groupRecords}; without them every file is on its own. */
  groups?: readonly (readonly string[])[];
}

/**
 * Holds out a random share of the radiographs, stratified by label, without tearing groups.
 *
 * As in scikit-learn's `train_test_split`, the held-out number is rounded up: 717 radiographs give 573 and 144.
 *
 * @returns Parts `train` and `test`.
 * @throws {@link FracatlasLoaderError} `split-options`.
 */
export function holdOut(records: readonly SplitRecord[], { seed, testShare = 0.2, groups }: HoldOutOptions): Split {
  if (!(testShare > 0 && testShare < 1)) {
    throw new FracatlasLoaderError(`testShare is ${testShare}; expected a number between 0 and 1.`, {
      code: 'split-options',
      remedy: 'Give the share to hold out, such as 0.2.',
    });
  }
  const whole = completeGroups(records, groups);
  const labels = labelsOf(records);
  const total = { fractured: 0, normal: 0 };
  for (const stratum of labels.values()) total[stratum] += 1;
  const held = Math.ceil(records.length * testShare);
  const heldFractured = Math.round((held * total.fractured) / records.length);
  const test = { fractured: heldFractured, normal: held - heldFractured };
  const train = { fractured: total.fractured - test.fractured, normal: total.normal - test.normal };
  const parts = dealGroups(whole, {
    targets: [
      { part: 'train', counts: train },
      { part: 'test', counts: test },
    ],
    stratumOf: (file) => labels.get(file)!,
    draws: drawsFrom(seed),
  });
  return { method: 'hold-out', seed, fingerprint: fingerprintOf(records, whole), parts };
}

/** The stratum of every file. */
export function labelsOf(records: readonly SplitRecord[]): Map<string, 'fractured' | 'normal'> {
  return new Map(records.map(({ file, fractured }) => [file, fractured ? 'fractured' : 'normal']));
}

/** Restricts groups to the records and gives every file without a group one of its own. */
export function completeGroups(
  records: readonly SplitRecord[],
  groups: readonly (readonly string[])[] = [],
): string[][] {
  const left = new Set(records.map(({ file }) => file));
  const whole = groups.map((group) => group.filter((file) => left.delete(file))).filter((group) => group.length > 0);
  return [...whole, ...[...left].map((file) => [file])];
}
