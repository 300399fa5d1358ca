import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { RadiographError } from '../errors.js';
import { imageEndings, listImages } from './list-images.js';

/** Image files and the folder that they lie in. */
export interface ImageFiles {
  folder: string;
  /** Names, sorted. */
  files: string[];
}

/**
 * The image files of a folder, or the one file that is named.
 *
 * @param options `recursive` looks into subfolders too; then the names are paths below the folder.
 * @throws RadiographError `images-missing`
 */
export async function findImages(path: string, { recursive = false } = {}): Promise<ImageFiles> {
  const missing = (what: string, cause?: unknown) =>
    new RadiographError(what, {
      code: 'images-missing',
      remedy: `Name a folder with files ending in ${imageEndings.join(', ')}, or one such file.`,
      cause,
    });
  const found = await stat(path).catch((cause: unknown) => {
    throw missing(`There is no folder or file ${path}.`, cause);
  });
  if (!found.isDirectory()) {
    return { folder: dirname(path), files: [basename(path)] };
  }
  const files = await listImages(path, { recursive });
  if (files.length === 0) {
    throw missing(`${path} holds no images.`);
  }
  return { folder: path, files };
}
