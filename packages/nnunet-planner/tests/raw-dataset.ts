import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetJson } from '@fractura/nnunet-format';
import { writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { writeNifti, type TypedArray } from '@fractura/volume-io';

/** A small raw data set for tests, and what may be wrong with it. */
export interface RawFiles {
  datasetJson?: Partial<Record<keyof DatasetJson, unknown>> | string;
  /** Name within the data set to content; `undefined` leaves a file of the sound data set out. */
  files?: Record<string, Volume | undefined>;
  /** Pixels along x and y. Default 6 x 5, which is quick to check but too small to plan for. */
  pixels?: [number, number];
}

/** A volume or picture: sizes x, y (, z) and its numbers. */
export interface Volume {
  size: number[];
  data?: TypedArray;
  spacing?: number[];
  affine?: [number[], number[], number[], number[]];
}

const soundJson = {
  channel_names: { '0': 'X-ray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 2,
};

/** Two cases, a and b, that any check passes, with the changes asked for. */
export async function rawDataset(
  ending: string,
  { datasetJson = {}, files = {}, pixels = [6, 5] }: RawFiles = {},
): Promise<string> {
  const folder = await temporaryFolder('Dataset007_');
  await Promise.all(['imagesTr', 'labelsTr'].map((name) => mkdir(join(folder, name))));
  const size = ending.startsWith('.nii') ? [...pixels, 1] : pixels;
  const length = pixels[0] * pixels[1];
  const image = { size, data: Uint8Array.from({ length }, (_, i) => (i % 30) * 8) };
  const label = { size, data: Uint8Array.from({ length }, (_, i) => (i % 30 > 20 ? 1 : 0)) };
  const all: Record<string, Volume | undefined> = {
    [`imagesTr/a_0000${ending}`]: image,
    [`imagesTr/b_0000${ending}`]: image,
    [`labelsTr/a${ending}`]: label,
    [`labelsTr/b${ending}`]: label,
    ...files,
  };
  for (const [name, volume] of Object.entries(all)) {
    if (volume) {
      await writeVolume(join(folder, name), volume);
    }
  }
  const json =
    typeof datasetJson === 'string'
      ? datasetJson
      : JSON.stringify({ ...soundJson, file_ending: ending, ...datasetJson });
  await writeFile(join(folder, 'dataset.json'), json);
  return folder;
}

async function writeVolume(file: string, { size, spacing, affine, data }: Volume): Promise<void> {
  const numbers = data ?? new Uint8Array(size.reduce((product, extent) => product * extent, 1)).fill(1);
  if (file.includes('.nii')) {
    await writeNifti(file, {
      data: numbers,
      shape: size,
      spacing,
      affine,
    });
    return;
  }
  if (/\.(png|bmp|tif)$/.test(file)) {
    const [width, height, ...channels] = size;
    await writeImage(file, { data: numbers as Uint8Array, shape: [height, width, ...channels] });
    return;
  }
  await writeFile(file, numbers);
}
