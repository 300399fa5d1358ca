import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeFileBeside } from '@fractura/array-files';
import { joinPath } from '@fractura/python-compat';

/** Copies dataset.json and plans.json, which say how the files of a folder are to be read, where they exist. */
export const copyDescriptions = (from: string, to: string): Promise<void> =>
  copyWhereThere(from, to, ['dataset.json', 'plans.json']);

/** Copies those of some files that exist. */
export async function copyWhereThere(from: string, to: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const source = joinPath(from, name);
    if (existsSync(source)) {
      await writeFileBeside(joinPath(to, name), await readFile(source));
    }
  }
}
