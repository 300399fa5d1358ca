// The mark that every Fractura error bears, set here without depending on the package that defines it.
const marker = Symbol.for('fractura.error');

/** An expected failure of this package: `code` names it for programs, `remedy` says what the user can do. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
  readonly code: string;
  readonly remedy: string;
  readonly [marker] = true;

  constructor(message: string, { code, remedy }: { code: string; remedy: string }) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }

  static isInstance(value: unknown): value is MetricsError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
