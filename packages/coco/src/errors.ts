import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class CocoError extends FracturaError {
  override readonly name = 'CocoError';
}
