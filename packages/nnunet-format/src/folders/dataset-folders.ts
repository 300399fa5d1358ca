import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NnunetFormatError } from '../errors.js';

/** nnU-Net's folders and the variables of the environment that name them. */
const variables = { raw: 'nnUNet_raw', preprocessed: 'nnUNet_preprocessed', results: 'nnUNet_results' } as const;
export type FolderKind = keyof typeof variables;

/**
 * One of nnU-Net's folders: the one given, else the one that the environment names.
 *
 * @throws NnunetFormatError `folder-unknown`
 */
export function nnunetFolder(kind: FolderKind, given: string | undefined): string {
  const folder = given ?? process.env[variables[kind]];
  if (folder !== undefined && folder !== '') {
    return folder;
  }
  throw new NnunetFormatError(`The folder ${variables[kind]} is not known.`, {
    code: 'folder-unknown',
    remedy: `Give --${kind} DIR, or set the variable ${variables[kind]}.`,
  });
}

/**
 * The name of a data set, such as `Dataset921_FracAtlas`, from its number or its name.
 *
 * @param folders to look in.
 * @throws NnunetFormatError `dataset-unknown`, `dataset-ambiguous`
 */
export async function datasetName(dataset: string, folders: readonly string[]): Promise<string> {
  if (dataset.startsWith('Dataset')) {
    return dataset;
  }
  const number = /^\d+$/.test(dataset) ? dataset.padStart(3, '0') : undefined;
  if (number === undefined) {
    throw new NnunetFormatError(`"${dataset}" is neither a number nor a name that begins with Dataset.`, {
      code: 'dataset-unknown',
      remedy: 'Write 921 or Dataset921_FracAtlas.',
    });
  }
  const found = new Set<string>();
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      if (name.startsWith(`Dataset${number}_`)) {
        found.add(name);
      }
    }
  }
  const [name, ...others] = found;
  if (name !== undefined && others.length === 0) {
    return name;
  }
  throw new NnunetFormatError(
    name === undefined
      ? `No data set ${number} in ${folders.join(', ')}.`
      : `Data set ${number} is ${[...found].join(' or ')}.`,
    {
      code: name === undefined ? 'dataset-unknown' : 'dataset-ambiguous',
      remedy: 'Every number belongs to one folder, such as Dataset921_FracAtlas.',
    },
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/** The places of a data set; only the folders that are needed must be known. */
export async function datasetFolders(
  dataset: string,
  given: { raw?: string | undefined; preprocessed?: string | undefined },
  needed: readonly ('raw' | 'preprocessed')[] = ['raw', 'preprocessed'],
): Promise<{ name: string; raw: string; preprocessed: string }> {
  const [raw, preprocessed] = (['raw', 'preprocessed'] as const).map((kind) =>
    needed.includes(kind) ? nnunetFolder(kind, given[kind]) : '',
  );
  const name = await datasetName(
    dataset,
    [raw, preprocessed].filter((folder) => folder !== ''),
  );
  return { name, raw: join(raw, name), preprocessed: join(preprocessed, name) };
}
