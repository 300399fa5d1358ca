import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class NnunetFormatError extends FracturaError {
  override readonly name = 'NnunetFormatError';
}
