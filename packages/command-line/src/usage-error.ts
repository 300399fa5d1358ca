/** Arguments that cannot be meant: a command that throws it ends with status 2 and points to the help. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly remedy: string | undefined;

  constructor(message: string, { remedy }: { remedy?: string | undefined } = {}) {
    super(message);
    this.remedy = remedy;
  }
}
