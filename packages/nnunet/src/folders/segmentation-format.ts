import { existsSync } from 'node:fs';
import {
  foregroundClasses,
  readDatasetJson,
  readLabels,
  type DatasetJson,
  type LabelSet,
} from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';

/** What dataset.json says of a folder of segmentations. */
export interface SegmentationFormat {
  datasetJson: DatasetJson;
  labels: LabelSet;
  /** Labels or regions, as evaluation tells them apart. */
  classes: (number | readonly number[])[];
  /** File ending, such as `.nii.gz`. */
  ending: string;
}

/**
 * Reads what the segmentations of a folder are.
 *
 * @param file a dataset.json; default the one that prediction left in the folder.
 * @throws NnunetError `dataset-json-missing`; NnunetFormatError where it is damaged.
 */
export async function readSegmentationFormat(
  folder: string,
  file = joinPath(folder, 'dataset.json'),
): Promise<SegmentationFormat> {
  if (!existsSync(file)) {
    throw new NnunetError(`${file} does not exist; it says which labels there are.`, {
      code: 'dataset-json-missing',
      remedy:
        'Give the dataset.json of the data set (-dataset_json); predict and ensemble leave a copy in their folders.',
    });
  }
  const datasetJson = await readDatasetJson(file);
  const labels = readLabels(datasetJson);
  return { datasetJson, labels, classes: foregroundClasses(labels), ending: datasetJson.file_ending };
}
