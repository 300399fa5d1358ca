import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';
import { checkPlans } from './check-plans.js';
import type { Plans } from './plans.js';

/**
 * Reads a plans file, of nnU-Net 2.0 to 2.8 or ours.
 *
 * @throws NnunetFormatError `plans-missing`, `plans-invalid`, `plans-unsupported`, naming the file.
 * @throws ArrayFilesError `unsafe-name` for a name in it that leads to another folder.
 * @see nnU-Net: nnunetv2/utilities/plans_handling/plans_handler.py, PlansManager
 */
export async function readPlans(file: string): Promise<Plans> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  const plans = await readPlansIfAny(file);
  if (plans) {
    return plans;
  }
  throw new NnunetFormatError(`${file} does not exist.`, {
    code: 'plans-missing',
    remedy: 'Plan the data set first.',
  });
}

/**
 * The plans in a file, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `plans-invalid`, naming the file.
 */
export async function readPlansIfAny(file: string): Promise<Plans | undefined> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  return readJsonIfAny(file, {
    what: 'a plans file',
    code: 'plans-invalid',
    remedy: 'Correct this entry, or plan the data set again.',
    check: (content) => checkPlans(content, file),
  });
}
