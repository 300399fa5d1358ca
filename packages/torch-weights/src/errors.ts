import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class TorchWeightsError extends FracturaError {
  override readonly name = 'TorchWeightsError';
}
