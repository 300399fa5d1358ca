import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class UnetModelError extends FracturaError {
  override readonly name = 'UnetModelError';
}
