import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { checkPathBelow } from '@fractura/array-files';
import { RadiographError } from '../errors.js';
import { folderError } from './list-images.js';
import { nameMatcher } from './match-name.js';

/** Gives the path of a file name. */
export interface ImageFolder {
  (file: string): string;
  /** Names that were found under another one that is alike, and that one, below the folder: what is to be said once. */
  readonly alike: ReadonlyMap<string, string>;
}

/**
 * Finds images by the file name that a table or an annotation file gives them: at that path below the folder, else where the
 * one file lies whose name is alike as {@link nameMatcher} compares names, else anywhere below the folder under that name. Hidden
 * files, such as the `._*` of macOS, are no images.
 *
 * @returns a function from file name to path.
 * @throws RadiographError `folder-missing`, `folder-unreadable`; the function throws `image-missing` and `image-ambiguous`.
 * @throws ArrayFilesError `unsafe-name` (the function), for a name that leads out of the folder.
 */
export async function openImageFolder(folder: string): Promise<ImageFolder> {
  const entries = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  const files = entries.map((entry) => entry.split(sep).join('/')).filter((entry) => !/(?:^|\/)\./.test(entry));
  const matching = nameMatcher(files);
  const placesOf = new Map<string, string[]>();
  for (const file of files) {
    const places = placesOf.get(lastPart(file));
    if (places) {
      places.push(file);
    } else {
      placesOf.set(lastPart(file), [file]);
    }
  }
  const matchingName = nameMatcher(placesOf.keys());
  const alike = new Map<string, string>();
  const find = (file: string): string => {
    checkPathBelow(file, { of: `The name of an image in ${folder}` });
    const path = join(folder, file);
    if (existsSync(path)) {
      return path;
    }
    const match = matching(file);
    if (match !== undefined) {
      alike.set(file, match);
      return join(folder, match);
    }
    const name = matchingName(lastPart(file.replaceAll('\\', '/'))) ?? lastPart(file);
    const places = placesOf.get(name) ?? [];
    if (places.length === 1) {
      if (name !== lastPart(file)) {
        alike.set(file, places[0]);
      }
      return join(folder, places[0]);
    }
    throw places.length === 0
      ? new RadiographError(`${path} is missing.`, {
          code: 'image-missing',
          remedy: 'Check the folder of images against the file names that are asked for.',
        })
      : new RadiographError(`${file} may be ${places.join(' or ')} below ${folder}.`, {
          code: 'image-ambiguous',
          remedy: 'Write the subfolder before the file name, or give the folder that holds one of them.',
        });
  };
  return Object.assign(find, { alike });
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
