import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Recorded results of reference programs. */
export interface ReferenceFiles {
  /** Whether there is such a file or folder. */
  has: (path: string) => boolean;
  /** Its path on the disk. */
  path: (path: string) => string;
  /** The content of a JSON file. */
  readJson: (path: string) => unknown;
}

/** The folder beside the checkout where larger reference results lie on the machines of the authors. */
const besideCheckout = new URL('../../../../shared/reference/', import.meta.url);

/**
 * The recorded results of a package, in its `tests/fixtures`; what is not there is looked for beside the checkout.
 *
 * @param fixtures the folder, as `new URL('fixtures/', import.meta.url)`.
 */
export function referenceFiles(fixtures: URL): ReferenceFiles {
  const find = (path: string): string => {
    const copied = fileURLToPath(new URL(path, fixtures));
    return existsSync(copied) ? copied : fileURLToPath(new URL(path, besideCheckout));
  };
  return {
    has: (path) => existsSync(find(path)),
    path: find,
    readJson: (path) => JSON.parse(readFileSync(find(path), 'utf8')) as unknown,
  };
}
