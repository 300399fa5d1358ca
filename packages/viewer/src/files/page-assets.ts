import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '@fractura/concurrency';
import { ViewerError } from '../errors.js';

/**
 * The viewer's own files, which the build makes.
 *
 * @returns names are paths below the folder, with `/` between folders.
 * @throws ViewerError `page-not-built`
 */
export async function pageAssets(): Promise<{ folder: string; names: string[] }> {
  const folder = dirname(fileURLToPath(builtProgram(import.meta.url, 'page/index')));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new ViewerError(`${folder} has no page.`, {
      code: 'page-not-built',
      remedy: 'Install the package again; in a checkout, build it.',
      cause,
    });
  });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'));
  return { folder, names };
}
