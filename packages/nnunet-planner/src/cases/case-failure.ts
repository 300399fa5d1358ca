import { ArrayFilesError } from '@fractura/array-files';
import { FracturaError, type FracturaErrorDetails } from '@fractura/errors';
import { RadiographError } from '@fractura/radiograph';
import { VolumeIoError } from '@fractura/volume-io';
import { NnunetPlannerError } from '../errors.js';

/** An error on its way between threads, where classes do not survive. */
export interface CaseFailure {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | undefined;
  remedy: string | undefined;
  path: string | undefined;
  syscall: string | undefined;
}

/** An error as plain data. */
export function describeFailure(error: unknown): CaseFailure {
  const given = error instanceof Error ? (error as NodeJS.ErrnoException & { remedy?: string }) : undefined;
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

type FailureClass = new (message: string, details: FracturaErrorDetails) => FracturaError;
const classes: Record<string, FailureClass | undefined> = {
  NnunetPlannerError,
  VolumeIoError,
  RadiographError,
  ArrayFilesError,
};

/** The error again, of its own class. */
export function restoreFailure({ name, message, stack, ...details }: CaseFailure): Error {
  const known = classes[name];
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  if (!known) {
    return Object.assign(new Error(message), given, { stack });
  }
  return Object.assign(new known(message, given as { code: string }), { stack });
}
