import { checkArguments, rule } from '@fractura/errors';
import { type AtlasRecord, atlasRecordRule } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { fingerprintOf } from './fingerprint.js';
import type { Split } from './split.js';

/**
 * Holds out what the atlas itself holds out: the parts `valid` and `test` of its official split. Whatever belongs together with one
 * of those, such as a duplicate, trains nothing.
 *
 * @param groups files that stay together, from {@link groupRecords}.
 * @returns Parts `train`, `test` and `leftOut`: the files of neither, for they belong together with one of `test`.
 * @throws {@link FracatlasLoaderError} `no-official-split`.
 */
export function holdOutOfficial(records: readonly AtlasRecord[], groups: readonly (readonly string[])[]): Split {
  checkArguments({ records, groups }, holdOutOfficialArguments, FracatlasLoaderError);
  const test = records.filter(({ officialSplit: part }) => part === 'valid' || part === 'test').map(({ file }) => file);
  if (test.length === 0) {
    throw new FracatlasLoaderError('None of the radiographs is in the part valid or test of an official split.', {
      code: 'no-official-split',
      remedy: 'Draw the held-out part at random, or restore the folder Utilities/Fracture Split.',
    });
  }
  const isTest = new Set(test);
  const beside = new Set(groups.filter((group) => group.some((file) => isTest.has(file))).flat());
  const others = records.map(({ file }) => file).filter((file) => !isTest.has(file));
  const parts = {
    train: others.filter((file) => !beside.has(file)),
    test,
    leftOut: others.filter((file) => beside.has(file)),
  };
  return { method: 'official', fingerprint: fingerprintOf(records, groups), parts };
}

const holdOutOfficialArguments = {
  records: rule.listOf(atlasRecordRule),
  groups: rule.listOf(rule.listOf(rule.anyText)),
};
