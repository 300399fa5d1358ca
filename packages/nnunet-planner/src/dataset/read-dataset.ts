import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import {
  type DatasetJson,
  datasetJsonRule,
  readDatasetJson,
  type ReadDatasetJsonOptions,
} from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';
import { readerFor } from './readers.js';

/** One case of a raw data set: its files, channel by channel. */
export interface DatasetCase {
  id: string;
  images: string[];
  label: string;
}

/** A raw data set of nnU-Net: its dataset.json and its files. */
export interface RawDataset {
  /** Such as `Dataset921_FracAtlas`. */
  name: string;
  folder: string;
  datasetJson: DatasetJson;
  /** Sorted by identifier (code points). */
  cases: DatasetCase[];
  /** Name of nnU-Net's class that reads these files. */
  reader: string;
}

/** How to read a data set. */
export interface ReadDatasetOptions extends ReadDatasetJsonOptions {
  /** What `$NAME` stands for in the paths that dataset.json names; others stay as they are. */
  variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads dataset.json and lists the files of a raw data set. No image is opened, except the first where the ending alone does not
 * tell its reader.
 *
 * @throws NnunetPlannerError `dataset-json-missing`, `dataset-json-invalid`, `folder-missing`, `reader-unknown`.
 * @see nnU-Net: nnunetv2/utilities/utils.py, get_filenames_of_train_images_and_targets
 */
export async function readDataset(folder: string, options: ReadDatasetOptions = {}): Promise<RawDataset> {
  checkArguments({ folder, options }, { folder: rule.text, options: readDatasetOptionsRule }, NnunetPlannerError);
  const datasetJson = await readDatasetJson(join(folder, 'dataset.json'), options);
  const cases = datasetJson.dataset
    ? namedCases(folder, datasetJson.dataset, options.variables ?? {})
    : await foundCases(folder, datasetJson.file_ending);
  const example = cases.at(0)?.images.at(0);
  const reader = await readerFor(datasetJson, example !== undefined && existsSync(example) ? example : undefined);
  return { name: basename(resolve(folder)), folder, datasetJson, cases, reader };
}

function namedCases(
  folder: string,
  dataset: NonNullable<DatasetJson['dataset']>,
  variables: Readonly<Record<string, string | undefined>>,
): DatasetCase[] {
  const place = (path: string) => {
    const expanded = path.replace(/\$\{(\w+)\}|\$(\w+)/g, (all, braced?: string, plain?: string) => {
      return variables[(braced ?? plain)!] ?? all;
    });
    return isAbsolute(expanded) ? expanded : join(folder, expanded);
  };
  return Object.entries(dataset)
    .map(([id, { images, label }]) => ({ id, images: images.map(place), label: place(label) }))
    .sort(byId);
}

async function foundCases(folder: string, ending: string): Promise<DatasetCase[]> {
  const names = (await listFolder(join(folder, 'imagesTr'))).filter((name) => name.endsWith(ending)).sort();
  const imagesOf = new Map<string, string[]>();
  for (const name of names) {
    // nnU-Net cuts the channel, `_0000`, off every name.
    const id = name.slice(0, -(ending.length + 5));
    const own = imagesOf.get(id) ?? [];
    if (/^_\d{4}$/.test(name.slice(id.length, -ending.length))) {
      own.push(join(folder, 'imagesTr', name));
    }
    imagesOf.set(id, own);
  }
  return [...imagesOf].map(([id, images]) => ({ id, images, label: join(folder, 'labelsTr', id + ending) })).sort(byId);
}

/** The names in a folder of a data set but hidden ones, as macOS leaves them. @throws NnunetPlannerError `folder-missing` */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.'));
  } catch (cause) {
    throw new NnunetPlannerError(`${folder} cannot be read.`, {
      code: 'folder-missing',
      remedy: 'A raw data set has the folders imagesTr and labelsTr beside its dataset.json.',
      cause,
    });
  }
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** What {@link ReadDatasetOptions} must be. */
export const readDatasetOptionsRule = rule.fields({
  variables: rule.optional(rule.tableOf(rule.optional(rule.anyText))),
  acceptModality: rule.optional(rule.flag),
});

/** What {@link DatasetCase} must be. */
export const datasetCaseRule = rule.fields({ id: rule.anyText, images: rule.listOf(rule.text), label: rule.anyText });

/** What {@link RawDataset} must be. */
export const rawDatasetRule = rule.fields({
  name: rule.text,
  folder: rule.text,
  datasetJson: datasetJsonRule,
  cases: rule.listOf(datasetCaseRule),
  reader: rule.anyText,
});
