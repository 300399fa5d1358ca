import { FracturaError } from '@fractura/errors';

/**
 * Wrong usage, code `usage`: arguments that cannot be meant. A command that throws it ends with status 2 and points to the
 * help.
 */
export class UsageError extends FracturaError {
  constructor(message: string, { remedy }: { remedy?: string } = {}) {
    super(message, { code: 'usage', remedy });
  }
}
