import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class TfjsTrainingError extends FracturaError {
  override readonly name = 'TfjsTrainingError';
}
