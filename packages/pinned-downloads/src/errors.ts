import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class PinnedDownloadsError extends FracturaError {
  override readonly name = 'PinnedDownloadsError';
}
