import { printableLines } from './printable.js';

const marker = Symbol.for('fractura.error');

/** What an error carries beside its message. */
export interface FracturaErrorDetails {
  /** Stable, machine-readable name of the failure, in kebab-case, such as `file-truncated`. */
  code: string;
  /** What the user can do about it; shown on a line of its own. */
  remedy?: string;
  /** The error that led to this one. */
  cause?: unknown;
}

/**
 * An expected failure: bad input or bad surroundings, told in one message that names the file and the value. Names come from
 * files: what a terminal would obey in message and remedy is escaped.
 *
 * Each package derives one class of its own. `FracturaError.isInstance` holds across duplicate installs and across the
 * ES module and CommonJS builds, where `instanceof` does not.
 */
export class FracturaError extends Error {
  readonly code: string;
  readonly remedy: string | undefined;
  readonly [marker] = true;

  constructor(message: string, { code, remedy, cause }: FracturaErrorDetails) {
    super(printableLines(message), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = remedy === undefined ? undefined : printableLines(remedy);
  }

  static isInstance(this: void, value: unknown): value is FracturaError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
