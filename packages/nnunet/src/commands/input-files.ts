import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder that commands read: all but the JSON that they write themselves, such as summary.json. */
export async function inputFiles(folder: string | undefined): Promise<string[]> {
  const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const read = names.filter((name) => !name.endsWith('.json') || name === 'dataset.json' || name === 'plans.json');
  return read.map((name) => join(folder!, name));
}
