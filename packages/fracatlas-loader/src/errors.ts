import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class FracatlasLoaderError extends FracturaError {
  override readonly name = 'FracatlasLoaderError';
}
