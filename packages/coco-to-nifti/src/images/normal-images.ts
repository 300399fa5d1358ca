import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { withoutByteOrderMark } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { listImagesByFolder } from '@fractura/radiograph';
import { CocoToNiftiError } from '../errors.js';

/** A radiograph without any lesion, which becomes a case with an empty label. */
export interface NormalImage {
  /** What results and the mapping call it; unlike every other image's. */
  file: string;
  path: string;
  /** Default `train`. */
  set?: 'train' | 'test';
}

/**
 * The normal radiographs of a folder, called `FOLDER/FILE`, subfolders and all, or those that a text file lists: a path a line, from
 * the place of the list on, by which they are called.
 *
 * @throws CocoToNiftiError `normals-unreadable`; RadiographError `folder-unreadable`
 */
export async function listNormalImages(source: string): Promise<NormalImage[]> {
  const found = await stat(source).catch((cause: unknown) => {
    throw unreadable(`${source} cannot be read: ${reasonOf(cause)}`, cause);
  });
  const images = found.isDirectory() ? await listImagesByFolder(source) : await ofList(source);
  if (images.length === 0) {
    throw unreadable(`${source} names no image`);
  }
  return images;
}

async function ofList(list: string): Promise<NormalImage[]> {
  const text = await readFile(list, 'utf8');
  if (text.includes('\0') || text.includes('\uFFFD')) {
    throw unreadable(`${list} is no text`);
  }
  const lines = withoutByteOrderMark(text)
    .split(/\r?\n/)
    .map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((file) => ({ file: file.replaceAll('\\', '/'), path: resolve(dirname(list), file) }));
}

const unreadable = (what: string, cause?: unknown) =>
  new CocoToNiftiError(`${what}.`, {
    code: 'normals-unreadable',
    remedy: 'Name a folder of normal radiographs, or a text file with the path of one a line.',
    cause,
  });
