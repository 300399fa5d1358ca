import { readdir } from 'node:fs/promises';
import { NnunetError } from '../errors.js';
import { inFolder } from './in-folder.js';

/** A case to predict: its files, one for each channel. */
export interface InputCase {
  id: string;
  files: string[];
}

/**
 * The cases of a folder by their files, CASE_0000 and so on, sorted.
 *
 * @throws NnunetError `folder-missing`, `no-cases`
 */
export async function listCases(folder: string, ending: string): Promise<InputCase[]> {
  const files = new Map<string, string[]>();
  for (const name of await namesIn(folder)) {
    if (!name.endsWith(ending) || !/_\d{4}$/.test(name.slice(0, -ending.length))) {
      continue;
    }
    const id = name.slice(0, -(ending.length + 5));
    files.set(id, [...(files.get(id) ?? []), inFolder(folder, name)]);
  }
  if (files.size > 0) {
    return [...files].map(([id, own]) => ({ id, files: own }));
  }
  throw new NnunetError(`${folder} has no images that end in _0000${ending}.`, {
    code: 'no-cases',
    remedy: `Name them CASE_0000${ending}, one file for each channel.`,
  });
}

/**
 * The names in a folder, sorted.
 *
 * @throws NnunetError `folder-missing`
 */
export async function namesIn(folder: string, ending = ''): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  } catch (cause) {
    throw new NnunetError(`The folder ${folder} cannot be read.`, {
      code: 'folder-missing',
      remedy: 'Check the path.',
      cause,
    });
  }
}
