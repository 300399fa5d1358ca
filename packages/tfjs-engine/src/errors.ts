import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class TfjsEngineError extends FracturaError {
  override readonly name = 'TfjsEngineError';
}
