import { types } from 'node:util';
import { FracturaError } from '@fractura/errors';

interface SystemError extends Error {
  code: string;
  path?: string;
}

const systemRemedies: Record<string, [what: string, remedy: string]> = {
  ENOENT: ['no such file or folder', 'Check the path.'],
  EACCES: ['permission denied', 'Check who owns it, or choose another place.'],
  EPERM: ['operation not permitted', 'Check who owns it, or choose another place.'],
  EROFS: ['the file system is read-only', 'Choose an output folder that can be written.'],
  ENOSPC: ['no space left on the device', 'Free some space, or choose an output folder on another disk.'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or choose an output folder on another disk.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Check the path.'],
  EISDIR: ['it is a folder, not a file', 'Check the path.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n) and try again.'],
};

/** The lines a user sees for an error: what was wrong and, where known, the remedy. No stack. */
export function describeError(error: unknown): { message: string; remedy?: string } {
  if (FracturaError.isInstance(error)) {
    return { message: error.message, remedy: error.remedy };
  }
  if (isSystemError(error)) {
    const [what, remedy] = systemRemedies[error.code] ?? [error.message, 'Run again with --debug for details.'];
    return { message: error.path ? `${error.path}: ${what}.` : `${capitalized(what)}.`, remedy };
  }
  const message = types.isNativeError(error) ? error.message : String(error);
  return {
    message: `Unexpected failure: ${message.replace(/\.$/, '')}.`,
    remedy: 'Run again with --debug and report what it prints.',
  };
}

function isSystemError(error: unknown): error is SystemError {
  return types.isNativeError(error) && typeof (error as Partial<SystemError>).code === 'string' && 'syscall' in error;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
