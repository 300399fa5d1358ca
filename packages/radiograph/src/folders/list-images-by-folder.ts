import { basename, join, resolve } from 'node:path';
import { listImages } from './list-images.js';

/** An image that is called by its folder. */
export interface NamedImage {
  /** `FOLDER/FILE`, with `/` between folders. */
  file: string;
  path: string;
}

/**
 * The image files of a folder and its subfolders, called by the folder too, so that they differ from those of another one.
 *
 * @throws RadiographError `folder-missing`, `folder-unreadable`
 */
export async function listImagesByFolder(folder: string): Promise<NamedImage[]> {
  const files = await listImages(folder, { recursive: true });
  return files.map((file) => ({ file: `${basename(resolve(folder))}/${file}`, path: join(folder, file) }));
}
