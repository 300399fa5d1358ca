import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { readImage, readSegmentation } from '../dataset/read-image.js';
import { writePreprocessedCase } from './case-files.js';
import { preprocessImage, type PreprocessingPlan } from './preprocess-image.js';

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
  const image = preprocessImage(await readCase(images, label, reader), work);
  await copyFile(label, join(labels, id + datasetJson.file_ending));
  await writePreprocessedCase(target, id, image);
}

async function readCase(images: readonly string[], label: string, reader: string) {
  const image = await readImage(images, { reader });
  const segmentation = await readSegmentation(label, { reader });
  return { ...image, segmentation: segmentation.data };
}
