import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import { isTable } from '../files/expected-entries.js';
import type { ChannelDeclaration } from './input-channels.js';
import { declarationFaults } from '../dataset/dataset-json.js';

/**
 * Checks the labels and channels of a `dataset.json` that comes from elsewhere than its file, such as a checkpoint.
 *
 * @param of where it is from, to begin a message with.
 * @throws NnunetFormatError `dataset-json-invalid`
 */
export function checkChannelDeclaration(json: unknown, of: string): ChannelDeclaration {
  checkArguments({ of }, { of: rule.anyText }, NnunetFormatError);
  const invalid = (what: string, remedy: string) =>
    new NnunetFormatError(`${of}: ${what}.`, { code: 'dataset-json-invalid', remedy });
  if (!isTable(json)) {
    throw invalid('holds no dataset.json', 'Copy the file again, or train the model again.');
  }
  for (const [wrong, what, remedy] of declarationFaults(json)) {
    if (wrong) {
      throw invalid(what, remedy);
    }
  }
  return json as ChannelDeclaration;
}
