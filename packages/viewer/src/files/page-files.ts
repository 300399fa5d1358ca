import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPathBelow } from '@fractura/array-files';
import { ViewerError } from '../errors.js';

/** Name of the list of a page's files. */
export const pageFilesName = 'page-files.json';

/** What a page consists of. */
export interface PageFiles {
  /** Whether a service worker keeps the files, so that the page works without its server. */
  offline: boolean;
  /** Paths below the page's folder, with `/` between folders. */
  files: string[];
}

/**
 * Reads which files a page consists of; nothing else in its folder is its business.
 *
 * @throws ViewerError `page-missing` where the folder holds no page, or a list that leads out of it.
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const file = join(folder, pageFilesName);
  try {
    const { offline, files } = JSON.parse(await readFile(file, 'utf8')) as PageFiles;
    for (const name of files) {
      checkPathBelow(name, { of: file });
    }
    return { offline, files };
  } catch (cause) {
    throw new ViewerError(`${folder} holds no page.`, {
      code: 'page-missing',
      remedy: 'Write one with "fractura page -m MODEL -o FOLDER".',
      cause,
    });
  }
}
