import { checkArguments, rule } from '@fractura/errors';
import { type AtlasRecord, atlasRecordRule } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { fingerprintOf } from './fingerprint.js';
import type { Split } from './split.js';

/**
 * The split that was published with the atlas: fractured radiographs only.
 *
 * @returns Parts `train`, `valid` and `test`, those without files left out.
 * @throws {@link FracatlasLoaderError} `no-official-split`.
 */
export function officialSplit(records: readonly AtlasRecord[]): Split {
  checkArguments({ records }, officialSplitArguments, FracatlasLoaderError);
  const parts: Record<string, string[]> = {};
  for (const { file, officialSplit: part } of records) {
    if (part) {
      (parts[part] ??= []).push(file);
    }
  }
  if (Object.keys(parts).length === 0) {
    throw new FracatlasLoaderError('None of the radiographs is in an official split.', {
      code: 'no-official-split',
      remedy: 'Draw a split with holdOut or kFold, or restore the folder Utilities/Fracture Split.',
    });
  }
  return { method: 'official', fingerprint: fingerprintOf(records), parts };
}

const officialSplitArguments = { records: rule.listOf(atlasRecordRule) };
