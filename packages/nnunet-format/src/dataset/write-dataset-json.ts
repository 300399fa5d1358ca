import { writeDescription } from '../files/write-description.js';
import type { DatasetJson } from './dataset-json.js';

/**
 * Writes a `dataset.json`, indented by four spaces, beside its place and renamed.
 *
 * @throws ArrayFilesError `file-unwritable`
 * @see nnU-Net: nnunetv2/dataset_conversion/generate_dataset_json.py, generate_dataset_json
 */
export async function writeDatasetJson(file: string, json: DatasetJson): Promise<void> {
  await writeDescription(file, `${JSON.stringify(json, undefined, 4)}\n`);
}
