import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { inFolder } from './in-folder.js';

/** Copies dataset.json and plans.json, which say how the files of a folder are to be read, where they are there. */
export async function copyDescriptions(from: string, to: string): Promise<void> {
  for (const name of ['dataset.json', 'plans.json']) {
    const content = await readFile(inFolder(from, name)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (content) {
      await writeFileAtomic(inFolder(to, name), content);
    }
  }
}
