import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isMissing, reasonOf } from '@fractura/errors';
import { RadiographError } from '../errors.js';

/** Endings of the image files that {@link readRadiograph} reads. */
export const imageEndings = ['.jpg', '.jpeg', '.png', '.tif', '.tiff', '.bmp', '.webp', '.gif', '.avif'] as const;

/** Whether a file is an image, by the ending of its name. */
export function isImageName(file: string): boolean {
  const name = file.toLowerCase();
  return imageEndings.some((ending) => name.endsWith(ending));
}

/**
 * The image files of a folder, hidden ones and those of hidden folders left out.
 *
 * @param options `recursive` looks into subfolders too.
 * @returns paths below the folder, with `/` between folders, sorted.
 * @throws RadiographError `folder-missing`, `folder-unreadable`
 */
export async function listImages(folder: string, { recursive = false } = {}): Promise<string[]> {
  const entries = await readdir(folder, { recursive, withFileTypes: true }).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  return entries
    .filter((entry) => !entry.isDirectory() && isImageName(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(?:^|\/)\./.test(file))
    .sort();
}

/** Tells a folder of images that cannot be listed. */
export function folderError(folder: string, cause: unknown): RadiographError {
  const missing = isMissing(cause);
  return new RadiographError(
    missing
      ? `The folder of images ${folder} does not exist.`
      : `The folder of images ${folder} cannot be read: ${reasonOf(cause)}.`,
    { code: missing ? 'folder-missing' : 'folder-unreadable', remedy: 'Give the folder of the images.', cause },
  );
}
