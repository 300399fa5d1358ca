import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { channelFileName } from '@fractura/nnunet-format';
import { CocoToNiftiError } from '../errors.js';
import { FracturaError, reasonOf } from '@fractura/errors';
import { recordName } from './conversion-record.js';
import type { PlannedCase } from './plan-cases.js';

/** How images and labels are stored: NIfTI of (x, y, 1), NIfTI of (x, y), or PNG. */
export type DatasetFormat = 'nifti' | 'nifti-2d' | 'png';

export const fileEndings: Record<DatasetFormat, string> = { nifti: '.nii.gz', 'nifti-2d': '.nii.gz', png: '.png' };

const folders = ['imagesTr', 'labelsTr', 'imagesTs', 'labelsTs'] as const;

/** Where the files of one case go, below the data set's folder. */
export function pathsOfCase({ case: name, set }: PlannedCase, ending: string): { image: string; label: string } {
  const suffix = set === 'train' ? 'Tr' : 'Ts';
  return {
    image: join(`images${suffix}`, channelFileName(name, 0, ending)),
    label: join(`labels${suffix}`, `${name}${ending}`),
  };
}

/** `Dataset921_FracAtlas`. @throws CocoToNiftiError `dataset-name-invalid` */
export function datasetFolderName(id: number, name: string): string {
  if (!Number.isInteger(id) || id < 1 || id > 999) {
    throw invalidName(`The number ${id} of the data set is not one from 1 to 999.`);
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) {
    throw invalidName(`The name "${name}" of the data set is not usable.`);
  }
  return `Dataset${String(id).padStart(3, '0')}_${name}`;
}

/**
 * Makes the folders of a data set ready to be written into; until its dataset.json is written again it counts for
 * nothing. Files of an earlier conversion that this one will not write are removed only when `overwrite` says so.
 *
 * @throws CocoToNiftiError `dataset-id-taken`, `dataset-exists`, `output-unwritable`
 */
export async function prepareDatasetFolder(
  output: string,
  folderName: string,
  { planned, hasTest, overwrite }: { planned: ReadonlySet<string>; hasTest: boolean; overwrite: boolean },
): Promise<string> {
  const folder = join(output, folderName);
  try {
    await makeFolder(output);
    const prefix = folderName.slice(0, 'Dataset000_'.length);
    const namesake = (await readdir(output)).find((entry) => entry.startsWith(prefix) && entry !== folderName);
    if (namesake !== undefined) {
      throw new CocoToNiftiError(`${output} already has ${namesake}, which has the same number as ${folderName}.`, {
        code: 'dataset-id-taken',
        remedy: 'Choose another number; nnU-Net finds data sets by it.',
      });
    }
    const stale = (await filesBelow(folder)).filter((file) => !planned.has(file));
    if (stale.length > 0 && !overwrite) {
      throw new CocoToNiftiError(
        `${folder} holds ${stale.length} files that do not belong to this conversion, such as ${stale[0]}.`,
        { code: 'dataset-exists', remedy: 'Choose another folder or number, or say `overwrite` to remove them.' },
      );
    }
    await rm(join(folder, 'dataset.json'), { force: true });
    await rm(join(folder, recordName), { force: true });
    await Promise.all(stale.map((file) => rm(join(folder, file))));
    for (const part of folders) {
      if (part.endsWith('Tr') || hasTest) {
        await makeFolder(join(folder, part));
      }
    }
  } catch (cause) {
    if (FracturaError.isInstance(cause)) {
      throw cause;
    }
    throw new CocoToNiftiError(`${folder} cannot be written to: ${reasonOf(cause)}.`, {
      code: 'output-unwritable',
      remedy: 'Check that the folder may be written to and has room.',
      cause,
    });
  }
  return folder;
}

/** Takes away the folders of a data set that came to nothing, as far as they are empty; its number is free again. */
export async function removeEmptyFolders(folder: string): Promise<void> {
  for (const part of folders) {
    await rmdir(join(folder, part)).catch(() => undefined);
  }
  await rmdir(folder).catch(() => undefined);
}

async function filesBelow(folder: string): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (part) => {
      const entries = await readdir(join(folder, part)).catch(() => []);
      return entries.map((entry) => join(part, entry));
    }),
  );
  return lists.flat();
}

const invalidName = (message: string) =>
  new CocoToNiftiError(message, {
    code: 'dataset-name-invalid',
    remedy: 'nnU-Net calls data sets Dataset001_Name to Dataset999_Name; use letters, digits, "-", "_" and ".".',
  });
