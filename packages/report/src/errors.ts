import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class ReportError extends FracturaError {
  override readonly name = 'ReportError';
}
