import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class NnunetPlannerError extends FracturaError {
  override readonly name = 'NnunetPlannerError';
}
