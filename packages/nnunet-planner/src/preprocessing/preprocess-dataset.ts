import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset, type DatasetCase } from '../dataset/read-dataset.js';
import { readImage } from '../dataset/read-image.js';
import { mapConcurrently, type LongTask } from '../map-concurrently.js';
import type { Plans } from '../plans/plans.js';
import { resolveConfiguration } from '../plans/resolve-configuration.js';
import { writePreprocessedCase } from './case-files.js';
import { preprocessImage } from './preprocess-image.js';

/** Which data set to preprocess, and how. */
export interface PreprocessDatasetOptions extends LongTask {
  /** Of the raw data set. */
  folder: string;
  /** Of the data set in nnUNet_preprocessed; cases go into its folder named by the configuration's data_identifier. */
  outputFolder: string;
  plans: Plans;
  /** Name of a configuration, such as `2d`. */
  configuration: string;
}

/**
 * Preprocesses every case of a data set for one configuration; the folder of an earlier run is replaced.
 *
 * Labels are copied to `gt_segmentations`, as nnU-Net's validation wants them.
 *
 * @returns the folder with the cases.
 * @throws NnunetPlannerError naming the case where one fails.
 */
export async function preprocessDataset(options: PreprocessDatasetOptions): Promise<string> {
  const { folder, outputFolder, plans, configuration, ...task } = options;
  const { datasetJson, cases } = await readDataset(folder);
  const target = join(outputFolder, resolveConfiguration(plans, configuration).data_identifier);
  const labels = join(outputFolder, 'gt_segmentations');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await mkdir(labels, { recursive: true });
  const preprocess = async ({ id, images, label }: DatasetCase) => {
    const [image, segmentation] = await Promise.all([readImage(images), readImage([label])]);
    const input = { ...image, segmentation: segmentation.data };
    await writePreprocessedCase(target, id, preprocessImage(input, { plans, configuration, datasetJson }));
    await copyFile(label, join(labels, id + datasetJson.file_ending));
  };
  await mapConcurrently(cases, preprocess, task);
  return target;
}
