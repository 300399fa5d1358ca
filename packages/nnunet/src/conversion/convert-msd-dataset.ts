import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { checkFileName, makeFolder, readTextFile, refuseOverwrite } from '@fractura/array-files';
import { FracturaError } from '@fractura/errors';
import { channelFileName, datasetName, writeDatasetJson, type NnunetFolders } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { toDatasetJson, type MsdDescription } from './msd-description.js';
import { writeChannels } from './write-channels.js';

/** Which data set to convert, and where to. */
export interface ConvertMsdDatasetOptions extends Reporting {
  /** The unpacked folder of the Medical Segmentation Decathlon, such as `Task05_Prostate`. */
  source: string;
  /** Folder of raw data sets, and those of others, in which the number must be free. */
  folders: NnunetFolders & { raw: string };
  /** Number of the data set. Default the task's. */
  id?: number;
}

const ending = '.nii.gz';

const parts = ['imagesTr', 'imagesTs', 'labelsTr'];

/**
 * Makes a raw data set of nnU-Net from one of the Medical Segmentation Decathlon: images of four dimensions become one file for each
 * channel, labels are copied, dataset.json is rewritten. The folder is there when all of it is.
 *
 * @returns the raw data set's folder.
 * @throws NnunetError `msd-invalid`, `dataset-present`, `dataset-number-invalid`, `folder-missing`; VolumeIoError of damaged images.
 * @see nnU-Net: nnunetv2/dataset_conversion/convert_MSD_dataset.py, convert_msd_dataset
 */
export async function convertMsdDataset(options: ConvertMsdDatasetOptions): Promise<string> {
  const { source, folders } = options;
  const { progress, signal } = completeReporting(options);
  const name = await nameOf(options);
  const description = await readDescription(source);
  const datasetJson = toDatasetJson(description, join(source, 'dataset.json'));
  const channels = Object.keys(datasetJson.channel_names).length;
  const target = join(folders.raw, name);
  await refuseOverwrite({ inputs: [source], outputs: [target] });
  const unfinished = join(folders.raw, `.converting-${randomBytes(6).toString('hex')}`);
  const files: { folder: string; file: string }[] = [];
  for (const folder of parts) {
    const names = await namesIn(join(source, folder), ending);
    files.push(...names.filter((file) => !file.startsWith('_')).map((file) => ({ folder, file })));
  }
  const task = progress('Converting');
  try {
    for (const folder of parts) {
      await makeFolder(join(unfinished, folder));
    }
    for (const [done, { folder, file }] of files.entries()) {
      signal.throwIfAborted();
      task.update({ done, total: files.length, note: file });
      const from = join(source, folder, file);
      if (folder === 'labelsTr') {
        await copyFile(from, join(unfinished, folder, file));
      } else {
        const id = file.slice(0, -ending.length);
        const names = Array.from({ length: channels }, (_, i) =>
          join(unfinished, folder, channelFileName(id, i, ending)),
        );
        await writeChannels(from, names, signal);
      }
    }
    await writeDatasetJson(join(unfinished, 'dataset.json'), datasetJson);
    await rename(unfinished, target);
    task.finish();
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return target;
}

/** @throws NnunetError `msd-invalid`, `dataset-number-invalid`, `dataset-present` */
async function nameOf({ source, folders, id }: ConvertMsdDatasetOptions): Promise<string> {
  const folder = basename(resolve(source));
  const [, task, title] = /^Task(\d+)_([^_]+)$/.exec(folder) ?? [];
  if (task === undefined) {
    throw new NnunetError(`${source} is not named as the Decathlon names its tasks.`, {
      code: 'msd-invalid',
      remedy: 'Give the unpacked folder, such as Task05_Prostate.',
    });
  }
  const number = id ?? Number(task);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new NnunetError(`The number of the data set is ${number}.`, {
      code: 'dataset-number-invalid',
      remedy: 'It is a whole number from 0 on.',
    });
  }
  const places = [folders.raw, folders.preprocessed, folders.results].filter((place) => place !== undefined);
  const digits = `${number}`.padStart(3, '0');
  if (await isTaken(`${number}`, places)) {
    throw new NnunetError(`There is a data set ${digits} already, in ${places.join(' or ')}.`, {
      code: 'dataset-present',
      remedy: 'Give another number with -overwrite_id.',
    });
  }
  return checkFileName(`Dataset${digits}_${title}`, { of: 'The name of the data set' });
}

async function isTaken(number: string, places: readonly string[]): Promise<boolean> {
  try {
    await datasetName(number, places);
    return true;
  } catch (error) {
    return !(FracturaError.isInstance(error) && error.code === 'dataset-unknown');
  }
}

async function readDescription(source: string): Promise<MsdDescription> {
  const file = join(source, 'dataset.json');
  if (!existsSync(file)) {
    throw new NnunetError(`${file} does not exist.`, {
      code: 'msd-invalid',
      remedy: 'The Decathlon’s folders hold dataset.json, imagesTr, imagesTs and labelsTr.',
    });
  }
  try {
    return JSON.parse(await readTextFile(file)) as MsdDescription;
  } catch (cause) {
    throw new NnunetError(`${file} is not JSON.`, { code: 'msd-invalid', remedy: 'Unpack the data set again.', cause });
  }
}
