import { FracturaError, isMissing, reasonOf } from '@fractura/errors';

/** An expected failure of this package. */
export class ArrayFilesError extends FracturaError {
  override readonly name = 'ArrayFilesError';
}

/** The error for a file that cannot be read: `file-not-found` or `file-unreadable`. */
export function fileError(file: string, cause: unknown): ArrayFilesError {
  const missing = isMissing(cause);
  return new ArrayFilesError(missing ? `There is no file ${file}.` : `${file} cannot be read: ${reasonOf(cause)}.`, {
    code: missing ? 'file-not-found' : 'file-unreadable',
    remedy: 'Check the path and the permissions.',
    cause,
  });
}
