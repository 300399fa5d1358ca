import { join } from 'node:path';
import { ArrayFilesError } from './errors.js';
import { withLock } from './lock.js';
import { makeFolder } from './make-folder.js';

/** Hidden, so that what lists a folder's results passes it over. */
const lockName = '.in-use';

/**
 * Runs `work` as the only one that writes into a folder, which is made where it is missing; refuses while another does. The
 * lock is gone afterwards. {@link withLock} says when one that a killed process left is taken over.
 *
 * @throws ArrayFilesError `folder-in-use`, naming the process, its host and since when; `file-unwritable`; what `work` throws.
 */
export async function withFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  await makeFolder(folder);
  return withLock(join(folder, lockName), work, {
    refusal: ({ processId, host, since }) =>
      new ArrayFilesError(`${folder} is in use by process ${processId} on ${host} since ${since}.`, {
        code: 'folder-in-use',
        remedy: 'Wait until it ends, or choose another folder.',
      }),
  });
}
