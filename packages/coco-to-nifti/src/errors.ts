import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class CocoToNiftiError extends FracturaError {
  override readonly name = 'CocoToNiftiError';
}
