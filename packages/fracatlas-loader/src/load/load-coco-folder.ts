import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Atlas, AtlasConflict, AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { checkCocoShapes } from './cross-check.js';
import { indexCoco } from './index-coco.js';
import { isImageName, stemOf } from './layout.js';
import { readCoco } from './read-coco.js';
import { readHeaders, type LoadOptions } from './read-headers.js';
import { isMissing, reasonOf } from './read-text.js';

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
 * @throws {@link FracatlasLoaderError} `folder-missing`, `folder-unreadable`, `file-missing`, `json-invalid`,
 * `json-unexpected`, `coco-invalid`, `image-missing`, `image-unreadable`.
 */
export async function loadCocoFolder({ images, annotations, ...options }: CocoFolderOptions): Promise<Atlas> {
  const present = await listImagesBelow(images);
  const coco = indexCoco(await readCoco(annotations));
  const listed = new Map([...coco.files].map(([file, entry]) => [normalName(images, file, annotations), entry]));
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

async function listImagesBelow(folder: string): Promise<Set<string>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return new Set(
      entries
        .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && isImageName(entry.name))
        .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name)))),
    );
  } catch (cause) {
    throw new FracatlasLoaderError(
      isMissing(cause)
        ? `The folder ${folder} does not exist.`
        : `The folder ${folder} cannot be read: ${reasonOf(cause)}.`,
      {
        code: isMissing(cause) ? 'folder-missing' : 'folder-unreadable',
        remedy: 'Give the folder of the images.',
        cause,
      },
    );
  }
}

/** `file_name` as a path below the folder; one that leads out of it is refused. */
function normalName(folder: string, file: string, annotations: string): string {
  const name = relative(resolve(folder), resolve(folder, file));
  if (name === '' || name.startsWith('..')) {
    throw new FracatlasLoaderError(`${annotations} lists ${file}, which is not below ${folder}.`, {
      code: 'coco-invalid',
      remedy: 'Make file_name relative to the folder of the images.',
    });
  }
  return slashed(name);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
