import { readFile } from 'node:fs/promises';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';

/** nnU-Net's `dataset.json`, version 2. */
export interface DatasetJson {
  /** Index to name; the name decides how the channel is normalised. Channels come in the order of the entries. */
  channel_names: Record<string, string>;
  /** Name to label, or to the labels of a region; `background` is 0; `ignore` marks voxels that do not count. */
  labels: Record<string, number | number[]>;
  numTraining: number;
  /** With its dots, for images and labels alike. */
  file_ending: string;
  /** The label written for each foreground region. */
  regions_class_order?: number[];
  overwrite_image_reader_writer?: string;
  /** Files of each case where they do not lie in imagesTr and labelsTr. */
  dataset?: Record<string, { images: string[]; label: string }>;
  [key: string]: unknown;
}

const requiredKeys = ['labels', 'channel_names', 'numTraining', 'file_ending'] as const;

/**
 * Reads and checks a `dataset.json`.
 *
 * @throws NnunetPlannerError `dataset-json-missing`, `dataset-json-invalid`, both naming the file.
 */
export async function readDatasetJson(file: string): Promise<DatasetJson> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new NnunetPlannerError(`${file} cannot be read`, {
      code: 'dataset-json-missing',
      remedy: 'A raw data set of nnU-Net has a dataset.json beside imagesTr and labelsTr.',
      cause,
    });
  }
  const invalid = (what: string, remedy: string, cause?: unknown) =>
    new NnunetPlannerError(`${file}: ${what}`, { code: 'dataset-json-invalid', remedy, cause });
  let content: unknown;
  try {
    content = parsePythonJson(text);
  } catch (cause) {
    throw invalid('is not JSON', 'Correct it, or make it again.', cause);
  }
  if (typeof content !== 'object' || content === null) throw invalid('is not an object', 'Make it again.');
  const missing = requiredKeys.filter((key) => !(key in content));
  if (missing.length > 0) {
    const old = 'modality' in content || 'training' in content;
    throw invalid(
      `lacks ${missing.join(', ')}; it has ${Object.keys(content).join(', ')}`,
      old
        ? 'This is the format of nnU-Net version 1: rename modality to channel_names, turn labels into name: number, add file_ending.'
        : `Add ${missing.join(', ')}.`,
    );
  }
  const json = content as DatasetJson;
  if (
    Object.keys(json.labels).some((name) => /^\d+$/.test(name)) ||
    Object.values(json.labels).some((v) => typeof v === 'string')
  ) {
    throw invalid(
      `labels is ${JSON.stringify(json.labels)}, number: name`,
      'Version 2 wants it the other way round: {"background": 0, "fracture": 1}.',
    );
  }
  if (typeof json.file_ending !== 'string' || !json.file_ending.startsWith('.')) {
    throw invalid(`file_ending is ${JSON.stringify(json.file_ending)}`, 'It begins with a dot, as in ".nii.gz".');
  }
  return json;
}
