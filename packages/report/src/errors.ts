import { FracturaError } from '@fractura/errors';

/** An expected failure in this package; `code` is `report-invalid`. */
export class ReportError extends FracturaError {}
