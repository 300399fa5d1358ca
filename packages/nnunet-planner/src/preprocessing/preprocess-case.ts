import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { readImage, readSegmentation } from '../dataset/read-image.js';
import { NnunetPlannerError } from '../errors.js';
import { writePreprocessedCase } from './case-files.js';
import { preprocessImage, type PreprocessedImage, type PreprocessingPlan } from './preprocess-image.js';

/** Reading, preprocessing and writing every case of a data set. */
export interface PreprocessWork extends PreprocessingPlan {
  kind: 'preprocess';
  /** Name of nnU-Net's reader. */
  reader: string;
  /** Folder for the cases. */
  target: string;
  /** Folder for copies of the labels. */
  labels: string;
}

/** Preprocesses one case from file to file. */
export async function preprocessCase({ id, images, label }: DatasetCase, work: PreprocessWork): Promise<void> {
  const { reader, target, labels, datasetJson } = work;
  const read = await readCase(images, label, reader);
  let image: PreprocessedImage;
  try {
    image = preprocessImage(read, work);
  } catch (error) {
    throw error instanceof NnunetPlannerError ? ofCase(id, error) : error;
  }
  await copyFile(label, join(labels, id + datasetJson.file_ending));
  await writePreprocessedCase(target, id, image);
}

const ofCase = (id: string, cause: NnunetPlannerError) =>
  new NnunetPlannerError(`Case ${id}: ${cause.message}`, { code: cause.code, remedy: cause.remedy, cause });

async function readCase(images: readonly string[], label: string, reader: string) {
  const image = await readImage(images, { reader });
  const segmentation = await readSegmentation(label, { reader });
  return { ...image, segmentation: segmentation.data };
}
