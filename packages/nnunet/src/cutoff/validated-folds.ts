import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFoldFolder } from '@fractura/nnunet-format';

/** The numbered folds of a model that were validated, with what their networks say of each case. */
export async function validatedFolds(modelFolder: string): Promise<number[]> {
  const folds: number[] = [];
  for (const name of await readdir(modelFolder)) {
    const fold = parseFoldFolder(name);
    if (typeof fold === 'number' && existsSync(join(modelFolder, name, 'validation', 'predictions.json'))) {
      folds.push(fold);
    }
  }
  return folds.sort((a, b) => a - b);
}
