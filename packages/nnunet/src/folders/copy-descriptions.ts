import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeFileBeside } from '@fractura/array-files';
import { joinPath } from '@fractura/python-compat';

/** Copies dataset.json and plans.json, which say how the files of a folder are to be read, where they exist. */
export async function copyDescriptions(from: string, to: string): Promise<void> {
  for (const name of ['dataset.json', 'plans.json']) {
    const source = joinPath(from, name);
    if (existsSync(source)) {
      await writeFileBeside(joinPath(to, name), await readFile(source));
    }
  }
}
