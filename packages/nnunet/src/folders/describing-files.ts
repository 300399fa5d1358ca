import { existsSync } from 'node:fs';
import {
  foregroundClasses,
  readDatasetJson,
  readLabels,
  type DatasetJson,
  type LabelManager,
} from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { inFolder } from './in-folder.js';

/** What dataset.json says of a folder of segmentations. */
export interface SegmentationFormat {
  datasetJson: DatasetJson;
  labels: LabelManager;
  /** Labels or regions, as evaluation tells them apart. */
  classes: (number | number[])[];
  ending: string;
}

/**
 * Reads the dataset.json given, or the one that prediction left in the folder.
 *
 * @throws NnunetError `dataset-json-missing`; NnunetPlannerError where it is damaged.
 */
export async function readFormat(folder: string, datasetJsonFile?: string): Promise<SegmentationFormat> {
  const file = datasetJsonFile ?? inFolder(folder, 'dataset.json');
  if (!existsSync(file)) {
    throw new NnunetError(`${file} does not exist.`, {
      code: 'dataset-json-missing',
      remedy: 'Name the data set’s with -dataset_json; predict and ensemble leave one in their folders.',
    });
  }
  const datasetJson = await readDatasetJson(file);
  const labels = readLabels(datasetJson);
  return { datasetJson, labels, classes: foregroundClasses(labels), ending: datasetJson.file_ending };
}
