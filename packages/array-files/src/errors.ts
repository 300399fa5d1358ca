import { FracturaError } from '@fractura/errors';

/** An expected failure of this package. */
export class ArrayFilesError extends FracturaError {
  override readonly name = 'ArrayFilesError';
}

/** Tells a failed file access: `file-not-found` or `file-unreadable`. */
export function fileError(file: string, cause: unknown): ArrayFilesError {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return new ArrayFilesError(
    missing ? `There is no file ${file}.` : `${file} cannot be read: ${(cause as Error).message}.`,
    {
      code: missing ? 'file-not-found' : 'file-unreadable',
      remedy: 'Check the path and the permissions.',
      cause,
    },
  );
}
