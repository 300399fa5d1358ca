import { readdir } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { isMissing, reasonOf } from '@fractura/errors';
import { beginningOf } from '../decoding/image-file.js';
import { isDicom } from '../dicom/is-dicom.js';
import { RadiographError } from '../errors.js';

/** Endings of the image files that {@link readRadiograph} reads. */
export const imageEndings = [
  '.jpg',
  '.jpeg',
  '.png',
  '.tif',
  '.tiff',
  '.bmp',
  '.webp',
  '.gif',
  '.avif',
  '.dcm',
  '.dicom',
] as const;

/** Whether a file is an image, by the ending of its name. */
export function isImageName(file: string): boolean {
  const name = file.toLowerCase();
  return imageEndings.some((ending) => name.endsWith(ending));
}

/**
 * The image files of a folder, by the endings of their names, hidden ones and those of hidden folders left out. Names without an
 * ending, as archives give them to DICOM files, are taken where the content is DICOM; `DICOMDIR`, their table of contents, is not.
 *
 * @param options `recursive` looks into subfolders too.
 * @returns paths below the folder, with `/` between folders, sorted.
 * @throws RadiographError `folder-missing`, `folder-unreadable`
 */
export async function listImages(folder: string, { recursive = false } = {}): Promise<string[]> {
  const entries = await readdir(folder, { recursive, withFileTypes: true }).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(?:^|\/)\./.test(file))
    .sort();
  const images: string[] = [];
  for (const file of files) {
    if (isImageName(file) || (mayBeDicom(basename(file)) && (await holdsDicom(join(folder, file))))) {
      images.push(file);
    }
  }
  return images;
}

/** Whether a name tells nothing of the content: its ending, if any, has no letter, as in `IM000001` and `1.2.840.7`. */
const mayBeDicom = (name: string) => name.toUpperCase() !== 'DICOMDIR' && !/[a-z]/i.test(extname(name));

const holdsDicom = (path: string) =>
  beginningOf(path).then(
    (bytes) => isDicom(bytes),
    () => false,
  );

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
