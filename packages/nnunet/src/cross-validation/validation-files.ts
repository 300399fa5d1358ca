import { existsSync } from 'node:fs';
import { foldFolder, type FoldName } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';

/**
 * The files of the folds' validation folders by name.
 *
 * @param model the folder `trainer__plans__configuration`.
 * @returns paths by name.
 * @throws NnunetError `fold-missing`, `case-twice`
 */
export async function validationFiles(
  model: string,
  folds: readonly FoldName[],
  ending: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const fold of folds) {
    const folder = joinPath(model, `${foldFolder(fold)}/validation`);
    if (!existsSync(folder)) {
      throw new NnunetError(`${folder} does not exist.`, {
        code: 'fold-missing',
        remedy: `Train fold ${fold} of this model, or name the folds that are trained with -f.`,
      });
    }
    for (const name of await namesIn(folder, ending)) {
      const other = files.get(name);
      if (other !== undefined) {
        throw new NnunetError(`${name} was validated twice, in ${other} and ${folder}.`, {
          code: 'case-twice',
          remedy: 'Folds must not share validation cases; train them with the same splits.',
        });
      }
      files.set(name, joinPath(folder, name));
    }
  }
  return files;
}

/**
 * The first of these folders that exists: the true labels may lie in the raw or in the preprocessed data set.
 *
 * @throws NnunetError `references-missing`
 */
export function firstReferences(folders: readonly string[]): string {
  const found = folders.find((folder) => existsSync(folder));
  if (found !== undefined) {
    return found;
  }
  throw new NnunetError(`There are no true labels in ${folders.join(' or ')}.`, {
    code: 'references-missing',
    remedy: 'Name the folders with --raw and --preprocessed.',
  });
}
