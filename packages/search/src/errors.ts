import { FracturaError } from '@fractura/errors';

/** An expected failure of this package: `space-invalid`, `points-invalid`, `halving-invalid`. */
export class SearchError extends FracturaError {
  override readonly name = 'SearchError';
}
