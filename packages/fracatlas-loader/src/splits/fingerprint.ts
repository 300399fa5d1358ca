import { createHash } from 'node:crypto';
import { checkArguments, rule } from '@fractura/errors';
import { type SplitRecord, splitRecordRule } from './split.js';
import { FracatlasLoaderError } from '../errors.js';

/** SHA-256 over name, size in bytes and label of every file and over the groups, whatever their order; lower-case hex. */
export function fingerprintOf(records: readonly SplitRecord[], groups: readonly (readonly string[])[] = []): string {
  checkArguments({ records, groups }, fingerprintOfArguments, FracatlasLoaderError);
  const files = records.map(({ file, bytes, fractured }) => `${file}\t${bytes}\t${Number(fractured)}`).sort();
  const together = groups
    .filter((group) => group.length > 1)
    .map((group) => [...group].sort().join('\t'))
    .sort();
  return createHash('sha256')
    .update([...files, '', ...together].join('\n'))
    .digest('hex');
}

const fingerprintOfArguments = {
  records: rule.listOf(splitRecordRule),
  groups: rule.listOf(rule.listOf(rule.anyText)),
};
