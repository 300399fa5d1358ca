import { checkArguments, rule } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';

/** The number of each file's group, such as those of {@link groupRecords}: by it an interval draws groups whole. */
export function groupNumbers(groups: readonly (readonly string[])[]): Map<string, number> {
  checkArguments({ groups }, groupNumbersArguments, FracatlasLoaderError);
  return new Map(groups.flatMap((files, group) => files.map((file) => [file, group] as const)));
}

const groupNumbersArguments = { groups: rule.listOf(rule.listOf(rule.anyText)) };
