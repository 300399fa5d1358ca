import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDirectory, nativeFolder } from './engine-cache.js';
import { unfinishedFolders } from './install-engine.js';

/** Removes the prepared engine and what an ended install left; gives the bytes that became free. */
export async function uninstallEngine({
  cacheDirectory = defaultCacheDirectory(),
}: { cacheDirectory?: string } = {}): Promise<number> {
  let bytes = 0;
  for (const folder of [nativeFolder(cacheDirectory), ...Object.values(unfinishedFolders(cacheDirectory))]) {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      const info = await lstat(join(folder, name));
      if (info.isFile()) {
        bytes += info.size;
      }
    }
    await rm(folder, { recursive: true, force: true });
  }
  return bytes;
}
