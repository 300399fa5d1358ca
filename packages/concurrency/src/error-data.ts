import { FracturaError, type FracturaErrorDetails } from '@fractura/errors';

/** An error on its way between threads, where classes and own properties do not survive. */
export interface ErrorData {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | undefined;
  remedy: string | undefined;
  path: string | undefined;
  syscall: string | undefined;
}

/** A class of expected failures, as each package has one. */
export type FracturaErrorClass = new (message: string, details: FracturaErrorDetails) => FracturaError;

/** An error as plain data. */
export function encodeError(error: unknown): ErrorData {
  const given = error instanceof Error ? (error as NodeJS.ErrnoException) : undefined;
  return {
    name: given?.name ?? 'Error',
    message: given?.message ?? String(error),
    stack: given?.stack,
    code: given?.code,
    remedy: FracturaError.isInstance(error) ? error.remedy : undefined,
    path: given?.path,
    syscall: given?.syscall,
  };
}

/**
 * The error again: of the class of its name, where that is among `classes` (by name), else an `Error` with the same code, path
 * and stack.
 */
export function decodeError(
  { name, message, stack, ...details }: ErrorData,
  classes: Record<string, FracturaErrorClass> = {},
): Error {
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  if (!Object.hasOwn(classes, name)) {
    return Object.assign(new Error(message), given, { stack });
  }
  return Object.assign(new classes[name](message, given as { code: string }), { stack });
}
