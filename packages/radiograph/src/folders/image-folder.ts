import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RadiographError } from '../errors.js';
import { folderError } from './list-images.js';

/**
 * Finds images by the file name that a table or an annotation file gives them: at that path below the folder, else anywhere
 * below it under that name.
 *
 * @returns a function from file name to path.
 * @throws RadiographError `folder-missing`, `folder-unreadable`; the function throws `image-missing` and `image-ambiguous`.
 */
export async function openImageFolder(folder: string): Promise<(file: string) => string> {
  const entries = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  const placesOf = new Map<string, string[]>();
  for (const entry of entries) {
    const places = placesOf.get(basename(entry));
    if (places) {
      places.push(entry);
    } else {
      placesOf.set(basename(entry), [entry]);
    }
  }
  return (file) => {
    const path = join(folder, file);
    if (existsSync(path)) {
      return path;
    }
    const places = placesOf.get(basename(file)) ?? [];
    if (places.length === 1) {
      return join(folder, places[0]);
    }
    throw new RadiographError(
      places.length === 0 ? `${path} is missing.` : `${file} may be ${places.join(' or ')} below ${folder}.`,
      {
        code: places.length === 0 ? 'image-missing' : 'image-ambiguous',
        remedy: 'Check the folder of images against the file names that are asked for.',
      },
    );
  };
}
