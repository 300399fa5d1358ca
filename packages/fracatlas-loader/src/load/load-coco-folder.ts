import { join, normalize, sep } from 'node:path';
import { listImages } from '@fractura/radiograph';
import type { Atlas, AtlasConflict, AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { checkCocoShapes } from './cross-check.js';
import { indexCoco } from './index-coco.js';
import { stemOf } from './layout.js';
import { readHeaders, type LoadOptions } from './read-headers.js';

export interface CocoFolderOptions extends LoadOptions {
  /** Folder of the images; `file_name` in the COCO file is relative to it. Subfolders are looked into. */
  images: string;
  /** COCO instance file. */
  annotations: string;
}

/**
 * Reads a folder of images with one COCO instance file, which need not be FracAtlas', to the same records.
 *
 * An image is `fractured` if it has an annotation. Images of the folder that the COCO file does not list are records too,
 * without annotations, and listed in `conflicts`. Body part, view and hardware are not stated in COCO and stay empty.
 *
 * @returns Records sorted by file name (relative to `images`, with `/`). Sizes and polygons in pixels of the upright image.
 * @throws RadiographError `folder-missing`, `folder-unreadable`, `image-unreadable`.
 * @throws CocoError `file-missing`, `file-unreadable`, `json-invalid`, `coco-invalid`.
 * @throws {@link FracatlasLoaderError} `image-missing`.
 */
export async function loadCocoFolder({ images, annotations, ...options }: CocoFolderOptions): Promise<Atlas> {
  const present = new Set(await listImages(images, { recursive: true }));
  const coco = await indexCoco(annotations);
  const listed = new Map([...coco.files].map(([file, entry]) => [normalName(file), entry]));
  const missing = [...listed.keys()].filter((file) => !present.has(file));
  if (missing.length > 0 && options.unreadable !== 'skip') {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
    throw new FracatlasLoaderError(`${annotations} lists ${missing[0]}${more}, but ${images} does not hold it.`, {
      code: 'image-missing',
      remedy: 'Restore the images, take them out of the COCO file, or name the folder that file_name is relative to.',
    });
  }
  const files = [...present].sort();
  const { readable, unreadable } = await readHeaders(
    files.map((file) => ({ file, path: join(images, file) })),
    options,
  );
  const records = readable.map(({ image: { file, path }, header }): AtlasRecord => {
    const found = listed.get(file)?.annotations ?? [];
    return {
      id: stemOf(file),
      file,
      path,
      fractured: found.length > 0,
      ...header,
      annotations: found,
      bodyParts: [],
      views: [],
      hardware: false,
      multiscan: false,
      fractureCount: found.length,
    };
  });
  const unlisted = files
    .filter((file) => !listed.has(file))
    .map((file): AtlasConflict => ({
      kind: 'coco-unlisted-image',
      file,
      sentence: `${file} lies in the folder and not in the COCO file.`,
    }));
  return {
    directory: images,
    records,
    categories: coco.categories,
    conflicts: [
      ...missing.map((file): AtlasConflict => ({
        kind: 'image-missing',
        file,
        sentence: `${annotations} lists ${file}, which is not there.`,
      })),
      ...unreadable,
      ...coco.conflicts,
      ...unlisted,
      ...records.flatMap((record) => [...coco.checkSize(record), ...checkCocoShapes(record)]),
    ],
    sources: { table: false, coco: true, vgg: false, voc: false, yolo: false, splits: [] },
  };
}

/** `file_name` as {@link listImages} writes paths. */
const normalName = (file: string): string => normalize(file).split(sep).join('/');
