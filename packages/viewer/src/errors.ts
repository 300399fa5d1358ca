import { FracturaError } from '@fractura/errors';

/** An expected failure in this package; `code` is `page-missing`, `page-not-built`, `model-invalid` or `port-taken`. */
export class ViewerError extends FracturaError {}
