import { checkArguments, FracturaError, reasonOf, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import { isTable } from '../files/expected-entries.js';
import { checkConfigurations } from './check-plans.js';
import type { NetworkPlans } from './plans.js';

/**
 * Checks plans that come from elsewhere than a plans file, such as a checkpoint: every configuration has what it has in the right form.
 *
 * @param of where they are from, to begin a message with.
 * @throws NnunetFormatError `plans-invalid`, `plans-unsupported`; ArrayFilesError `unsafe-name`.
 */
export function checkNetworkPlans(plans: unknown, of: string): NetworkPlans {
  checkArguments({ of }, { of: rule.anyText }, NnunetFormatError);
  const wrong = (what: string, cause?: unknown) =>
    new NnunetFormatError(`${of} holds no plans of nnU-Net: ${what}.`, {
      code: 'plans-invalid',
      remedy: 'Copy the file again, or train the model again.',
      cause,
    });
  if (!isTable(plans) || !isTable(plans.configurations)) {
    throw wrong('they have no configurations');
  }
  try {
    checkConfigurations(plans.configurations, of);
  } catch (cause) {
    throw FracturaError.isInstance(cause) ? cause : wrong(reasonOf(cause), cause);
  }
  return plans as NetworkPlans;
}
