import { FracturaError } from '@fractura/errors';

/** An expected failure of this package: `record-damaged`, `server-invalid`, `server-unreachable`, `server-refused`. */
export class TrackingError extends FracturaError {
  override readonly name = 'TrackingError';
}
