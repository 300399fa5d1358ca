import { FracturaError } from '@fractura/errors';

/** An expected failure of this package: `record-damaged`, a file of curves that is not what it should be. */
export class TrackingError extends FracturaError {
  override readonly name = 'TrackingError';
}
