import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import { checkFileName, makeFolder, writeFileBeside } from '@fractura/array-files';
import type { CaseProperties } from '@fractura/nnunet-format';
import { readNpy, writeNpy } from '@fractura/volume-io';
import { NnunetPlannerError } from '../errors.js';
import type { ClassLocations } from './class-locations.js';
import { type PreprocessedImage, preprocessedImageRule } from './preprocess-image.js';

/** A preprocessed case as training reads it. */
export interface PreprocessedCase {
  id: string;
  /** `[channels, z, y, x]` in C order, normalised. */
  data: Float32Array;
  /** `[channels, z, y, x]` */
  shape: number[];
  /** Labels `[z, y, x]`, -1 outside the non-zero mask. */
  segmentation: Int16Array;
  /** Per class, rows of four numbers 0, z, y, x. */
  classLocations: ClassLocations;
  properties: CaseProperties;
}

/** Names of the files of a case within its folder. @throws ArrayFilesError `unsafe-name` */
export function caseFiles(id: string) {
  checkFileName(id, { of: 'The name of a case' });
  const names = { data: `${id}.npy`, segmentation: `${id}_seg.npy`, properties: `${id}.json` };
  return { ...names, all: Object.values(names) };
}

const filesOf = (folder: string, id: string) => {
  const { data, segmentation, properties } = caseFiles(id);
  return { data: join(folder, data), segmentation: join(folder, segmentation), properties: join(folder, properties) };
};

/**
 * Writes a case as two `.npy` files and, last, a JSON of its properties: a case without it is unfinished. Each is written
 * beside its place and renamed; when the bytes reach the disk is left to the system.
 */
export async function writePreprocessedCase(folder: string, id: string, image: PreprocessedImage): Promise<void> {
  checkArguments(
    { folder, id, image },
    { folder: rule.text, id: rule.anyText, image: preprocessedImageRule },
    NnunetPlannerError,
  );
  const { data, shape, segmentation, classLocations = {}, properties } = image;
  const files = filesOf(folder, id);
  const flush = false;
  await makeFolder(folder);
  await writeNpy(files.data, { data, shape }, { flush });
  if (segmentation) {
    await writeNpy(files.segmentation, { data: segmentation, shape: [1, ...shape.slice(1)] }, { flush });
  }
  const class_locations = Object.fromEntries(
    Object.entries(classLocations).map(([key, rows]) => [key, Array.from(rows)]),
  );
  const text = `${JSON.stringify({ ...properties, class_locations })}\n`;
  await writeFileBeside(files.properties, text, { flush });
}

/**
 * Reads a case that `preprocessDataset` wrote.
 *
 * @throws NnunetPlannerError `case-missing`
 * @throws VolumeIoError where a file is damaged.
 */
export async function readPreprocessedCase(folder: string, id: string): Promise<PreprocessedCase> {
  checkArguments({ folder, id }, { folder: rule.text, id: rule.anyText }, NnunetPlannerError);
  const files = filesOf(folder, id);
  let text: string;
  try {
    text = await readFile(files.properties, 'utf8');
  } catch (cause) {
    throw new NnunetPlannerError(`${files.properties} cannot be read.`, {
      code: 'case-missing',
      remedy: 'Preprocess the data set (again) for this configuration.',
      cause,
    });
  }
  const { class_locations, ...properties } = JSON.parse(text) as CaseProperties & {
    class_locations: Record<string, number[]>;
  };
  const [data, segmentation] = await Promise.all([readNpy(files.data), readNpy(files.segmentation)]);
  return {
    id,
    data: data.data as Float32Array,
    shape: data.shape,
    segmentation: segmentation.data as Int16Array,
    classLocations: Object.fromEntries(
      Object.entries(class_locations).map(([key, rows]) => [key, Int32Array.from(rows)]),
    ),
    properties,
  };
}

/** The cases in a folder of preprocessed cases, sorted. */
export async function listPreprocessedCases(folder: string): Promise<string[]> {
  checkArguments({ folder }, { folder: rule.text }, NnunetPlannerError);
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
