import { dirname } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import writeFileAtomic from 'write-file-atomic';
import { readsPictures } from '../dataset/reader-names.js';
import type { DatasetFingerprint, IntensityProperties } from '../fingerprint/dataset-fingerprint.js';
import type { FoldSplit } from '../splits/generate-splits.js';
import type { PlanConfiguration, Plans } from './plans.js';

const indent = 4;
const floats = (values: readonly number[]) => values.map((value) => new PythonFloat(value));

/** A plans file as nnU-Net writes it, byte for byte: floats keep their point. */
export function encodePlans(plans: Plans): string {
  const configurations = Object.entries(plans.configurations).map(([name, configuration]) => [
    name,
    withFloats(name, configuration),
  ]);
  return encodePythonJson(
    {
      ...plans,
      original_median_spacing_after_transp: floats(plans.original_median_spacing_after_transp),
      configurations: Object.fromEntries(configurations) as unknown,
      foreground_intensity_properties_per_channel: encodableIntensities(
        plans.foreground_intensity_properties_per_channel,
      ),
    },
    { indent },
  );
}

/** nnU-Net writes spacings and, but for 3d_lowres, whose median is rounded to whole voxels, median sizes as floats. */
function withFloats(name: string, configuration: Partial<PlanConfiguration>): Record<string, unknown> {
  const { spacing, median_image_size_in_voxels: median } = configuration;
  const encodable: Record<string, unknown> = { ...configuration };
  if (median && name !== '3d_lowres') {
    encodable.median_image_size_in_voxels = floats(median);
  }
  if (spacing) {
    encodable.spacing = floats(spacing);
  }
  return encodable;
}

/** A fingerprint as nnU-Net writes it; the spacing of pictures is in whole numbers there. */
export function encodeFingerprint(fingerprint: DatasetFingerprint, reader: string): string {
  const { spacings, median_relative_size_after_cropping: relative } = fingerprint;
  return encodePythonJson(
    {
      ...fingerprint,
      foreground_intensity_properties_per_channel: encodableIntensities(
        fingerprint.foreground_intensity_properties_per_channel,
      ),
      median_relative_size_after_cropping: new PythonFloat(relative),
      spacings: readsPictures(reader) ? spacings : spacings.map(floats),
    },
    { indent, sortKeys: true },
  );
}

function encodableIntensities(channels: Record<string, IntensityProperties>): unknown {
  return Object.fromEntries(
    Object.entries(channels).map(([channel, properties]) => [
      channel,
      Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, new PythonFloat(value as number)])),
    ]),
  );
}

/** Writes a plans file as nnU-Net does. */
export async function writePlans(file: string, plans: Plans): Promise<void> {
  await write(file, encodePlans(plans));
}

/** Writes `dataset_fingerprint.json`. */
export async function writeFingerprint(file: string, fingerprint: DatasetFingerprint, reader: string): Promise<void> {
  await write(file, encodeFingerprint(fingerprint, reader));
}

/** Writes `splits_final.json`. */
export async function writeSplits(file: string, splits: readonly FoldSplit[]): Promise<void> {
  await write(file, encodePythonJson(splits, { indent, sortKeys: true }));
}

async function write(file: string, text: string): Promise<void> {
  await makeFolder(dirname(file));
  await writeFileAtomic(file, text);
}
