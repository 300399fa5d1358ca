import { checkArguments, rule } from '@fractura/errors';
import { writeDescription } from '../files/write-description.js';
import { type DatasetJson, datasetJsonRule } from './dataset-json.js';
import { NnunetFormatError } from '../errors.js';

/**
 * Writes a `dataset.json`, indented by four spaces, beside its place and renamed.
 *
 * @throws ArrayFilesError `file-unwritable`
 * @see nnU-Net: nnunetv2/dataset_conversion/generate_dataset_json.py, generate_dataset_json
 */
export async function writeDatasetJson(file: string, json: DatasetJson): Promise<void> {
  checkArguments({ file, json }, { file: rule.text, json: datasetJsonRule }, NnunetFormatError);
  await writeDescription(file, `${JSON.stringify(json, undefined, 4)}\n`);
}
