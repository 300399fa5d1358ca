import { checkFileName } from '@fractura/array-files';
import { checkArguments, describeValue, reasonOf, rule } from '@fractura/errors';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';
import { isListOf, isTable, type Table } from '../files/expected-entries.js';
import { readTextIfAny } from '../files/read-json-if-any.js';

/** nnU-Net's `dataset.json`, version 2. */
export interface DatasetJson {
  /** Index to name; the name decides how the channel is normalised. Channels come in the order of the entries. */
  channel_names: Record<string, string>;
  /** Name to label, or to the labels of a region; `background` is 0; `ignore` marks voxels that do not count. */
  labels: Record<string, number | readonly number[]>;
  numTraining: number;
  /** With its dots, for images and labels alike. */
  file_ending: string;
  /** The label written for each foreground region. */
  regions_class_order?: readonly number[];
  overwrite_image_reader_writer?: string;
  /** Files of each case, where they are not in imagesTr and labelsTr. */
  dataset?: Record<string, { images: string[]; label: string }>;
  [key: string]: unknown;
}

/** nnU-Net keeps labels in 16 bits. */
const largestLabel = 32767;

const requiredKeys = ['labels', 'channel_names', 'numTraining', 'file_ending'] as const;

/** How to read a `dataset.json`. */
export interface ReadDatasetJsonOptions {
  /** Take `modality`, the old name, for `channel_names`, as nnU-Net does but for its integrity check. Default true. */
  acceptModality?: boolean;
}

/**
 * Reads and checks a `dataset.json`.
 *
 * @throws NnunetFormatError `dataset-json-missing`, `dataset-json-invalid`, both naming the file.
 * @see nnU-Net: nnunetv2/dataset_conversion/generate_dataset_json.py, which describes its keys
 */
export async function readDatasetJson(file: string, options: ReadDatasetJsonOptions = {}): Promise<DatasetJson> {
  checkArguments({ file, options }, { file: rule.text, options: readDatasetJsonOptionsRule }, NnunetFormatError);
  const { acceptModality = true } = options;
  const text = await readText(file);
  const invalid = (what: string, remedy: string, cause?: unknown) =>
    new NnunetFormatError(`${file}: ${what}.`, { code: 'dataset-json-invalid', remedy, cause });
  let content: unknown;
  try {
    content = parsePythonJson(text);
  } catch (cause) {
    throw invalid(`is not JSON: ${reasonOf(cause)}`, 'Look for an extra comma or a missing quotation mark.', cause);
  }
  if (!isTable(content)) {
    throw invalid('is not an object', 'It holds {"channel_names": ..., "labels": ..., ...}.');
  }
  const json =
    acceptModality && !('channel_names' in content) && isTable(content.modality) ? renamed(content) : content;
  const missing = requiredKeys.filter((key) => !(key in json));
  if (missing.length > 0) {
    throw invalid(
      `lacks ${missing.join(', ')}; it has ${Object.keys(json).join(', ')}`,
      remedyForMissing(json, missing),
    );
  }
  for (const [wrong, what, remedy] of faultsOf(json)) {
    if (wrong) {
      throw invalid(what, remedy);
    }
  }
  checkNames(json, file);
  return json as DatasetJson;
}

async function readText(file: string): Promise<string> {
  let cause: unknown;
  try {
    const text = await readTextIfAny(file);
    if (text !== undefined) {
      return text;
    }
  } catch (error) {
    if (error instanceof NnunetFormatError) {
      throw error;
    }
    cause = error;
  }
  throw new NnunetFormatError(`${file} cannot be read.`, {
    code: 'dataset-json-missing',
    remedy: 'A raw data set of nnU-Net has a dataset.json beside imagesTr and labelsTr.',
    cause,
  });
}

/** Names of files are made of the ending and the names of the cases: none may lead to another folder. */
function checkNames({ file_ending: ending, dataset }: Table, file: string): void {
  checkFileName(ending, { of: `${file}: file_ending` });
  for (const id of Object.keys(dataset ?? {})) {
    checkFileName(id, { of: `${file}: the name of a case` });
  }
}

function renamed({ modality, ...rest }: Table): Table {
  return { ...rest, channel_names: modality };
}

function remedyForMissing(json: Table, missing: readonly string[]): string {
  if ('training' in json || ('modality' in json && missing.length > 1)) {
    return 'This is the format of nnU-Net version 1: rename modality to channel_names, turn labels into name: number, add file_ending.';
  }
  if ('modality' in json) {
    return 'Rename modality, the old name, to channel_names.';
  }
  return `Add ${missing.join(', ')}.`;
}

type Fault = readonly [isWrong: boolean, what: string, remedy: string];

const shown = describeValue;

/** What is wrong with the labels and channels. */
export function declarationFaults({ labels, channel_names: channels, regions_class_order: order }: Table): Fault[] {
  const names = isTable(labels) ? Object.keys(labels) : [];
  const values = isTable(labels) ? Object.values(labels) : [];
  const allNumbers = names.length > 0 && names.every((name) => /^\d+$/.test(name));
  const isLabel = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) <= largestLabel;
  const isRegion = (value: unknown) => isListOf(value, isLabel) && (value as unknown[]).length > 0;
  return [
    [!isTable(labels), `labels is ${shown(labels)}`, 'It is an object: {"background": 0, "fracture": 1}.'],
    [
      allNumbers,
      `labels is ${shown(labels)}, number: name`,
      'Version 2 has it the other way round: {"background": 0, "fracture": 1}.',
    ],
    [
      values.some((value) => typeof value === 'string'),
      `labels is ${shown(labels)}, with numbers as text`,
      'Numbers have no quotation marks: {"background": 0, "fracture": 1}.',
    ],
    [
      !values.every((value) => isLabel(value) || isRegion(value)),
      `labels is ${shown(labels)}`,
      'Every label is a whole number, or a list of them for a region.',
    ],
    [
      !isTable(channels) || Object.keys(channels).length === 0,
      `channel_names is ${shown(channels)}`,
      'It names every channel by its index: {"0": "X-ray"}.',
    ],
    [
      isTable(channels) && !Object.values(channels).every((name) => typeof name === 'string'),
      `channel_names is ${shown(channels)}`,
      'Names are text: {"0": "X-ray"}.',
    ],
    [
      order !== undefined && order !== null && !isListOf(order, Number.isSafeInteger),
      `regions_class_order is ${shown(order)}`,
      'It is a list of labels, one for each foreground region.',
    ],
  ];
}

function faultsOf(json: Table): Fault[] {
  const { numTraining, file_ending: ending, dataset, overwrite_image_reader_writer: reader } = json;
  return [
    ...declarationFaults(json),
    [
      !Number.isSafeInteger(numTraining) || (numTraining as number) < 0,
      `numTraining is ${shown(numTraining)}`,
      'It is the number of training cases, a whole number without quotation marks.',
    ],
    [
      typeof ending !== 'string' || !ending.startsWith('.'),
      `file_ending is ${shown(ending)}`,
      'It begins with a dot, as in ".nii.gz".',
    ],
    [
      reader !== undefined && reader !== null && typeof reader !== 'string',
      `overwrite_image_reader_writer is ${shown(reader)}`,
      'It is the name of a reader, such as "SimpleITKIO".',
    ],
    [
      dataset !== undefined && !(isTable(dataset) && Object.values(dataset).every(isCase)),
      'dataset does not name the files of every case',
      'It holds {"CASE": {"images": ["a_0000.nii.gz"], "label": "a.nii.gz"}}.',
    ],
  ] as const;
}

const isCase = (value: unknown): boolean =>
  isTable(value) &&
  isListOf(value.images, (image) => typeof image === 'string') &&
  (value.images as unknown[]).length > 0 &&
  typeof value.label === 'string';

/** What {@link ReadDatasetJsonOptions} must be. */
export const readDatasetJsonOptionsRule = rule.fields({ acceptModality: rule.optional(rule.flag) });

/** What {@link DatasetJson} must be. */
export const datasetJsonRule = rule.fields({
  channel_names: rule.tableOf(rule.anyText),
  labels: rule.tableOf(rule.either(rule.anyNumber, rule.listOf(rule.anyNumber))),
  numTraining: rule.optional(rule.anyNumber),
  file_ending: rule.optional(rule.anyText),
});
