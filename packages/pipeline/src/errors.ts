import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class PipelineError extends FracturaError {
  override readonly name = 'PipelineError';
}
