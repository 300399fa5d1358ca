import { join, dirname } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { writeImage } from '@fractura/radiograph';

/** Size of the radiographs drawn. */
export const [filmWidth, filmHeight] = [40, 32];

/** A bright disk on a dark ground, which the tiny plain model takes for a lesion. */
export const diskFilm = Uint8Array.from({ length: filmWidth * filmHeight }, (_, i) => {
  const [y, x] = [Math.floor(i / filmWidth), i % filmWidth];
  return ((y - 15) ** 2 + (x - 18) ** 2 < 40 ? 180 : 60) + ((i * 7919) % 23);
});

/** Writes radiographs with the disk under these names below a folder. */
export async function writeFilms(folder: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await makeFolder(dirname(join(folder, name)));
    await writeImage(join(folder, name), { data: diskFilm, shape: [filmHeight, filmWidth] });
  }
}
