import { readdir } from 'node:fs/promises';
import { channelFileName, groupChannelFiles } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';

/** A case to predict. */
export interface InputCase {
  id: string;
  /** Paths of its files, one for each channel. */
  files: string[];
}

/**
 * The cases of a folder by their files, CASE_0000 and so on, sorted.
 *
 * @throws NnunetError `folder-missing`, `no-cases`
 */
export async function listInputCases(folder: string, ending: string): Promise<InputCase[]> {
  const cases = groupChannelFiles(await namesIn(folder), ending);
  if (cases.length > 0) {
    return cases.map(({ id, files }) => ({ id, files: files.map((name) => joinPath(folder, name)) }));
  }
  throw new NnunetError(`${folder} has no images that end in _0000${ending}.`, {
    code: 'no-cases',
    remedy: `Name them ${channelFileName('CASE', 0, ending)}, one file for each channel.`,
  });
}

/**
 * The names in a folder but hidden ones (macOS leaves `._` files), sorted.
 *
 * @param ending that the names have; default any.
 * @throws NnunetError `folder-missing`
 */
export async function namesIn(folder: string, ending = ''): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(ending) && !name.startsWith('.')).sort();
  } catch (cause) {
    throw new NnunetError(`The folder ${folder} cannot be read.`, {
      code: 'folder-missing',
      remedy: 'Check the path.',
      cause,
    });
  }
}
