import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class PythonCompatError extends FracturaError {
  override readonly name = 'PythonCompatError';
}
