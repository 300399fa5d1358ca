import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CocoToNiftiError } from '../errors.js';
import { reasonOf } from '@fractura/errors';

/**
 * Finds images by their COCO file name: at that path below the folder, else anywhere below it under that name.
 *
 * @returns a function from file name to path.
 * @throws CocoToNiftiError `images-missing` where there is no such folder; the function throws `image-missing` and
 *   `image-ambiguous`.
 */
export async function openImageFolder(folder: string): Promise<(file: string) => string> {
  let entries: string[];
  try {
    entries = await readdir(folder, { recursive: true });
  } catch (cause) {
    throw new CocoToNiftiError(`The folder of images ${folder} cannot be read: ${reasonOf(cause)}.`, {
      code: 'images-missing',
      remedy: 'Name the folder that the file names of the annotations start from.',
      cause,
    });
  }
  const byBase = new Map<string, string[]>();
  for (const entry of entries) {
    const places = byBase.get(basename(entry));
    if (places) {
      places.push(entry);
    } else {
      byBase.set(basename(entry), [entry]);
    }
  }
  return (file) => {
    const path = join(folder, file);
    if (existsSync(path)) {
      return path;
    }
    const places = byBase.get(basename(file)) ?? [];
    if (places.length === 1) {
      return join(folder, places[0]);
    }
    throw new CocoToNiftiError(
      places.length === 0 ? `${path} is missing.` : `${file} may be ${places.join(' or ')} below ${folder}.`,
      {
        code: places.length === 0 ? 'image-missing' : 'image-ambiguous',
        remedy: 'Check the folder of images against the file names of the annotations.',
      },
    );
  };
}
