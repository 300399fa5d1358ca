import { join, posix, resolve } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import { listImages, listImagesByFolder, nameMatcher, type NamedImage } from '@fractura/radiograph';
import type { Atlas, AtlasConflict, AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { checkCocoShapes } from './cross-check.js';
import { checkSize, indexCoco, type CocoIndex } from './index-coco.js';
import { stemOf } from './layout.js';
import { readHeaders, type LoadOptions } from './read-headers.js';

export interface CocoFolderOptions extends LoadOptions {
  /** Folder of the images; `file_name` in the COCO file is relative to it. Subfolders are looked into. */
  images: string;
  /** COCO instance file. */
  annotations: string;
  /** Another folder, of images without a fracture, subfolders and all; their `file` begins with the name of the folder. */
  normals?: string;
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
 * @throws {@link FracatlasLoaderError} `image-missing`, `normal-annotated`.
 */
export async function loadCocoFolder(given: CocoFolderOptions): Promise<Atlas> {
  checkArguments({ given }, { given: cocoFolderOptionsRule }, FracatlasLoaderError);
  const { images, annotations, normals, ...options } = given;
  const present = new Set(await listImages(images, { recursive: true }));
  const coco = await indexCoco(annotations);
  const matching = nameMatcher(present);
  const listed = new Map<string, CocoEntry>();
  const alike: [string, string][] = [];
  for (const [name, entry] of coco.files) {
    const file = matching(name) ?? normalName(name);
    const other = listed.get(file);
    listed.set(file, other ? { ...other, annotations: [...other.annotations, ...entry.annotations] } : entry);
    if (file !== normalName(name)) {
      alike.push([name, file]);
    }
  }
  const missing = [...listed.keys()].filter((file) => !present.has(file));
  if (missing.length > 0 && options.unreadable !== 'skip') {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
    throw new FracatlasLoaderError(`${annotations} lists ${missing[0]}${more}, but ${images} does not hold it.`, {
      code: 'image-missing',
      remedy: 'Restore the images, take them out of the COCO file, or name the folder that file_name is relative to.',
    });
  }
  const files = [...present].sort();
  const ofImages = files.map((file) => ({ file, path: join(images, file) }));
  const annotated = ofImages.filter(({ file }) => (listed.get(file)?.annotations ?? []).length > 0);
  const added = normals === undefined ? [] : await normalImages(normals, { known: ofImages, annotated });
  const { readable, unreadable } = await readHeaders([...ofImages, ...added].sort(byFile), options);
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
      ...differentNames(alike, annotations),
      ...coco.conflicts,
      ...unlisted,
      ...records.flatMap((record) => [...checkSize(record, listed.get(record.file)), ...checkCocoShapes(record)]),
    ],
    sources: { table: false, coco: true, vgg: false, voc: false, yolo: false, splits: [] },
  };
}

const byFile = (a: NamedImage, b: NamedImage): number => (a.file < b.file ? -1 : 1);

/** The images of a folder of normal radiographs that are not known already. @throws FracatlasLoaderError `normal-annotated` */
async function normalImages(
  folder: string,
  { known, annotated }: { known: readonly NamedImage[]; annotated: readonly NamedImage[] },
): Promise<NamedImage[]> {
  const found = await listImagesByFolder(folder);
  const places = new Set(found.map(({ path }) => resolve(path)));
  const contradicted = annotated.find(({ path }) => places.has(resolve(path)));
  if (contradicted !== undefined) {
    throw new FracatlasLoaderError(`${contradicted.path} lies in the folder of normal images and has annotations.`, {
      code: 'normal-annotated',
      remedy: 'Take it out of that folder, or its annotations out of the COCO file.',
    });
  }
  const knownPlaces = new Set(known.map(({ path }) => resolve(path)));
  const names = new Set(known.map(({ file }) => file));
  const others = found.filter(({ path }) => !knownPlaces.has(resolve(path)));
  const twin = others.find(({ file }) => names.has(file));
  if (twin !== undefined) {
    throw new FracatlasLoaderError(`${twin.path} would be called ${twin.file}, as another image is.`, {
      code: 'normal-annotated',
      remedy: 'Rename the folder of normal images.',
    });
  }
  return others;
}

type CocoEntry = CocoIndex['files'] extends Map<string, infer Entry> ? Entry : never;

/** `file_name` as {@link listImages} writes paths. */
const normalName = (file: string): string => posix.normalize(file);

/** Names that are others in the folder, said once. */
function differentNames(alike: readonly [string, string][], annotations: string): AtlasConflict[] {
  if (alike.length === 0) {
    return [];
  }
  const [[name, file]] = alike;
  const more = alike.length > 1 ? `, and ${alike.length - 1} more` : '';
  return [
    {
      kind: 'coco-name',
      file,
      sentence: `${annotations} calls images otherwise than the folder: ${name} is ${file}${more}.`,
    },
  ];
}

/** What {@link CocoFolderOptions} must be. */
export const cocoFolderOptionsRule = rule.fields({
  images: rule.text,
  annotations: rule.anyText,
  normals: rule.optional(rule.anyText),
  unreadable: rule.optional(rule.oneOf(['error', 'skip'])),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
});
