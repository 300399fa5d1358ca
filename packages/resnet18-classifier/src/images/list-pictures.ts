import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { Resnet18ClassifierError } from '../errors.js';

const endings = ['.jpg', '.jpeg', '.png', '.tif', '.tiff', '.webp'];

/**
 * The image files of a folder by name, or the one file that is given.
 *
 * @throws Resnet18ClassifierError `images-missing`
 */
export async function listPictures(path: string): Promise<{ folder: string; files: string[] }> {
  const missing = (what: string, cause?: unknown) =>
    new Resnet18ClassifierError(what, {
      code: 'images-missing',
      remedy: `Name a folder with files ending in ${endings.join(', ')}, or one such file.`,
      cause,
    });
  const found = await stat(path).catch((cause: unknown) => {
    throw missing(`There is no folder or file ${path}.`, cause);
  });
  if (!found.isDirectory()) {
    return { folder: dirname(path), files: [basename(path)] };
  }
  const files = (await readdir(path)).filter((name) => endings.includes(extname(name).toLowerCase())).sort();
  if (files.length === 0) {
    throw missing(`${path} holds no images.`);
  }
  return { folder: path, files };
}
