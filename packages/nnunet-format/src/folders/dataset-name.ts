import { readdir } from 'node:fs/promises';
import { checkFileName } from '@fractura/array-files';
import { checkArguments, isMissing, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/**
 * The name of a data set, such as `Dataset921_FracAtlas`, from its number or its name.
 *
 * @param folders to look in; those that do not exist are passed over.
 * @throws NnunetFormatError `dataset-unknown`, `dataset-ambiguous`; ArrayFilesError `unsafe-name`
 * @see nnU-Net: nnunetv2/utilities/dataset_name_id_conversion.py, maybe_convert_to_dataset_name
 */
export async function datasetName(dataset: string, folders: readonly string[]): Promise<string> {
  checkArguments({ dataset, folders }, datasetNameArguments, NnunetFormatError);
  if (dataset.startsWith('Dataset')) {
    return checkFileName(dataset, { of: 'The name of the data set' });
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
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

const datasetNameArguments = { dataset: rule.text, folders: rule.listOf(rule.anyText) };
