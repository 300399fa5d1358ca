import type { FracturaError } from '@fractura/errors';
import { NnunetError } from '../errors.js';

/**
 * Tells at the end what of several cases failed, after the others were predicted.
 *
 * @throws the error of a single case that failed; NnunetError `cases-failed` for several.
 */
export function refuseFailures(failures: readonly FracturaError[], cases: number): void {
  if (failures.length === 1) {
    throw failures[0];
  }
  if (failures.length > 1) {
    throw new NnunetError(
      `${failures.length} of ${cases} cases could not be predicted. ${failures.map(({ message }) => message).join(' ')}`,
      { code: 'cases-failed', remedy: failures[0].remedy ?? 'Mend these cases and predict them again.' },
    );
  }
}
