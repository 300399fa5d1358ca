import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class NnunetError extends FracturaError {
  override readonly name = 'NnunetError';
}
