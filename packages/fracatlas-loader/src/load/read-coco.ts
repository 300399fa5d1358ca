import type { AtlasAnnotation, AtlasConflict } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { enclosingBox, polygonArea } from '../polygon.js';
import { describeJson, isObject, readJsonObject } from './read-json.js';
import { readSegmentation } from './read-segmentation.js';

export interface CocoImage {
  id: number;
  file: string;
  /** Pixels; some exports leave them out. */
  width?: number;
  height?: number;
}

export interface CocoFile {
  path: string;
  images: CocoImage[];
  /** Annotations by image id. */
  annotations: Map<number, AtlasAnnotation[]>;
  categories: { id: number; name: string }[];
  /** Outlines that cannot be drawn, boxes and areas that are no numbers. */
  conflicts: AtlasConflict[];
}

/**
 * Reads a COCO instance file and checks every field that is used. What is wrong with single outlines, boxes and areas is
 * listed in `conflicts`; without ids, names and references nothing can be told, so flaws there end the reading.
 */
export async function readCoco(path: string): Promise<CocoFile> {
  const json = await readJsonObject(path, 'The COCO file');
  const reject = (where: string, value: unknown, expected: string): never => {
    throw new FracatlasLoaderError(`${path}: ${where} is ${describeJson(value)}; expected ${expected}.`, {
      code: 'coco-invalid',
      remedy: 'Correct the entry, or restore the file from its source.',
    });
  };
  const listOf = (name: string): Record<string, unknown>[] => {
    const list = json[name];
    if (!Array.isArray(list)) {
      return reject(name, list, 'an array');
    }
    return list.map((entry: unknown, i) => (isObject(entry) ? entry : reject(`${name}[${i}]`, entry, 'an object')));
  };
  const numberIn = (entry: Record<string, unknown>, field: string, where: string): number => {
    return numberOf(entry[field]) ?? reject(`${where}.${field}`, entry[field], 'a number');
  };
  const textIn = (entry: Record<string, unknown>, field: string, where: string): string => {
    const value = entry[field];
    return typeof value === 'string' && value !== '' ? value : reject(`${where}.${field}`, value, 'a text');
  };

  const images = listOf('images').map((entry, i): CocoImage => {
    const where = `images[${i}]`;
    const image = { id: numberIn(entry, 'id', where), file: textIn(entry, 'file_name', where) };
    if ((entry.width ?? undefined) === undefined && (entry.height ?? undefined) === undefined) {
      return image;
    }
    const [width, height] = [numberIn(entry, 'width', where), numberIn(entry, 'height', where)];
    if (!(width > 0 && height > 0)) {
      reject(`the size of ${where}`, [width, height], 'positive numbers');
    }
    return { ...image, width, height };
  });
  const names = new Map<number, string>();
  for (const { id, file } of images) {
    if (names.has(id)) {
      reject(`the id of ${file}`, id, 'an id that no other image has');
    }
    names.set(id, file);
  }

  const conflicts: AtlasConflict[] = [];
  const annotations = new Map<number, AtlasAnnotation[]>();
  listOf('annotations').forEach((entry, i) => {
    const where = `annotations[${i}]`;
    const imageId = numberIn(entry, 'image_id', where);
    const file = names.get(imageId) ?? reject(`${where}.image_id`, imageId, 'the id of one of the images');
    const id = numberIn(entry, 'id', where);
    const { remark, ...shape } = readSegmentation(entry.segmentation);
    const tell = (kind: AtlasConflict['kind'], flaw: string) =>
      conflicts.push({ kind, file, sentence: `Annotation ${id} of ${file} ${flaw}.` });
    if (shape.flaw !== undefined) {
      tell('coco-segmentation', shape.flaw);
    }
    if (remark !== undefined) {
      tell('coco-part', remark);
    }
    const box = boxOf(entry.bbox);
    if (!box && (entry.bbox ?? undefined) !== undefined) {
      tell('coco-box', `has ${describeJson(entry.bbox)} for its box; its polygons have one`);
    }
    const area = numberOf(entry.area);
    if (area === undefined && (entry.area ?? undefined) !== undefined) {
      tell('coco-area', `has ${describeJson(entry.area)} for its area; its polygons have one`);
    }
    const annotation: AtlasAnnotation = {
      id,
      categoryId: numberIn(entry, 'category_id', where),
      ...shape,
      box:
        box ??
        enclosingBox(shape.polygons) ??
        (shape.flaw === undefined ? reject(`${where}.bbox`, entry.bbox, 'four numbers') : [0, 0, 0, 0]),
      areaPixels: area ?? shape.polygons.reduce((sum, p) => sum + polygonArea(p), 0),
      crowd: entry.iscrowd === 1 || entry.iscrowd === true,
    };
    const ofImage = annotations.get(imageId);
    if (ofImage) {
      ofImage.push(annotation);
    } else {
      annotations.set(imageId, [annotation]);
    }
  });

  const categories = listOf('categories').map((entry, i) => ({
    id: numberIn(entry, 'id', `categories[${i}]`),
    name: textIn(entry, 'name', `categories[${i}]`),
  }));
  return { path, images, annotations, categories, conflicts };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function boxOf(value: unknown): [number, number, number, number] | undefined {
  if (!isNumbers(value) || value.length !== 4) {
    return undefined;
  }
  return [value[0], value[1], value[2], value[3]];
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((v) => typeof v === 'number' && Number.isFinite(v));
}
