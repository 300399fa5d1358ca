import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class RadiographError extends FracturaError {
  override readonly name = 'RadiographError';
}
