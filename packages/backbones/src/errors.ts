import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class BackbonesError extends FracturaError {
  override readonly name = 'BackbonesError';
}
