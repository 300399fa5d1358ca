import { readFile } from 'node:fs/promises';
import { PipelineError } from '../errors.js';
import type { Manifest } from './manifest.js';
import type { StudyData } from './study-data.js';

/**
 * The data that an earlier run was made from; undefined for a synthetic atlas.
 *
 * @param file the run's `run.json`.
 * @throws PipelineError `manifest-invalid` that names the file.
 */
export async function dataOfManifest(file: string): Promise<StudyData | undefined> {
  const { data } = await readManifest(file);
  if (data === undefined) {
    throw new PipelineError(`${file} does not say which data it was made from.`, {
      code: 'manifest-invalid',
      remedy: 'Give the run.json of an earlier run.',
    });
  }
  return data.directory ?? data.coco;
}

async function readManifest(file: string): Promise<Partial<Manifest>> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as Partial<Manifest>;
  } catch (cause) {
    throw new PipelineError(`${file} is not a manifest: it is not JSON.`, {
      code: 'manifest-invalid',
      remedy: 'Give the run.json of an earlier run.',
      cause,
    });
  }
}
