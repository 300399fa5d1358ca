import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class CommandLineError extends FracturaError {
  override readonly name = 'CommandLineError';
}
