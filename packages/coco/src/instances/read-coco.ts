import { readFile } from 'node:fs/promises';
import { parsePythonJson } from '@fractura/python-compat';
import { CocoError } from '../errors.js';
import { reasonOf } from '@fractura/errors';
import type { CocoAnnotation, CocoCategory, CocoFile, CocoImage } from './coco-file.js';

/**
 * Reads and checks a COCO instance file: every image and annotation has what is needed, ids of images and categories are unique, and
 * references lead somewhere. Segmentations are checked when they are drawn; they may hold NaN, as Python writes it.
 *
 * @throws CocoError `annotations-unreadable`, `annotations-invalid`
 */
export async function readCoco(path: string): Promise<CocoFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CocoError(`The annotations ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: 'annotations-unreadable',
      remedy: 'Name the COCO JSON file.',
      cause,
    });
  }
  let value: unknown;
  try {
    value = parsePythonJson(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(path, `is not JSON (${reasonOf(cause)})`, cause);
  }
  return checkCoco(value, path);
}

/** @throws CocoError `annotations-invalid` */
export function checkCoco(value: unknown, path: string): CocoFile {
  if (!isRecord(value)) {
    throw invalid(path, 'is not a JSON object');
  }
  const images = listOf(
    value,
    'images',
    path,
    isImage,
    'id (integer) and file_name; width and height are positive integers',
  );
  const annotations = listOf(
    value,
    'annotations',
    path,
    isAnnotation,
    'id, image_id and category_id (integers); iscrowd 0 or 1',
  );
  const categories = listOf(value, 'categories', path, isCategory, 'id (integer) and name');
  const imageIds = uniqueIds(images, 'images', path);
  const categoryIds = uniqueIds(categories, 'categories', path);
  for (const { id, image_id, category_id } of annotations) {
    if (!imageIds.has(image_id)) {
      throw invalid(path, `has annotation ${id} on image ${image_id}, which is not listed`);
    }
    if (!categoryIds.has(category_id)) {
      throw invalid(path, `has annotation ${id} of category ${category_id}, which is not listed`);
    }
  }
  return { images, annotations, categories };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSide = (value: unknown) =>
  value === undefined || value === null || (Number.isSafeInteger(value) && (value as number) > 0);

const isImage = (value: unknown): value is CocoImage =>
  isRecord(value) &&
  Number.isSafeInteger(value.id) &&
  typeof value.file_name === 'string' &&
  value.file_name !== '' &&
  isSide(value.width) &&
  isSide(value.height);

const isAnnotation = (value: unknown): value is CocoAnnotation =>
  isRecord(value) &&
  Number.isSafeInteger(value.id) &&
  Number.isSafeInteger(value.image_id) &&
  Number.isSafeInteger(value.category_id) &&
  (value.iscrowd === undefined || value.iscrowd === 0 || value.iscrowd === 1);

const isCategory = (value: unknown): value is CocoCategory =>
  isRecord(value) && Number.isSafeInteger(value.id) && typeof value.name === 'string' && value.name !== '';

function listOf<Item>(
  file: Record<string, unknown>,
  key: string,
  path: string,
  isItem: (value: unknown) => value is Item,
  needed: string,
): Item[] {
  const list = file[key];
  if (!Array.isArray(list)) {
    throw invalid(path, `has no list "${key}"`);
  }
  for (const [index, item] of list.entries()) {
    if (!isItem(item)) {
      throw invalid(path, `has an entry ${key}[${index}] that lacks a sound ${needed}`);
    }
  }
  return list as Item[];
}

function uniqueIds(list: readonly { id: number }[], key: string, path: string): Set<number> {
  const ids = new Set<number>();
  for (const { id } of list) {
    if (ids.has(id)) {
      throw invalid(path, `has the id ${id} twice among its ${key}`);
    }
    ids.add(id);
  }
  return ids;
}

const invalid = (path: string, flaw: string, cause?: unknown) =>
  new CocoError(`The annotations ${path} cannot be used: the file ${flaw}.`, {
    code: 'annotations-invalid',
    remedy: 'Export the annotations again as COCO instances (images, annotations, categories).',
    cause,
  });
