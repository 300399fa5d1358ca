import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class Resnet18ClassifierError extends FracturaError {
  override readonly name = 'Resnet18ClassifierError';
}
