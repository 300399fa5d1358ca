import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class VolumeIoError extends FracturaError {
  override readonly name = 'VolumeIoError';
}
