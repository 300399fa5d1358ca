import type { AtlasAnnotation, RunLengthMask } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { enclosingBox, polygonArea } from '../polygon.js';
import { describeJson, isObject, readJsonObject } from './read-json.js';

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
}

/** Reads a COCO instance file and checks every field that is used. */
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
    if (!Array.isArray(list)) return reject(name, list, 'an array');
    return list.map((entry: unknown, i) => (isObject(entry) ? entry : reject(`${name}[${i}]`, entry, 'an object')));
  };
  const numberIn = (entry: Record<string, unknown>, field: string, where: string): number => {
    const value = entry[field];
    return typeof value === 'number' && Number.isFinite(value) ? value : reject(`${where}.${field}`, value, 'a number');
  };
  const textIn = (entry: Record<string, unknown>, field: string, where: string): string => {
    const value = entry[field];
    return typeof value === 'string' && value !== '' ? value : reject(`${where}.${field}`, value, 'a text');
  };

  const images = listOf('images').map((entry, i): CocoImage => {
    const where = `images[${i}]`;
    const image = { id: numberIn(entry, 'id', where), file: textIn(entry, 'file_name', where) };
    if ((entry.width ?? undefined) === undefined && (entry.height ?? undefined) === undefined) return image;
    const [width, height] = [numberIn(entry, 'width', where), numberIn(entry, 'height', where)];
    if (!(width > 0 && height > 0)) reject(`the size of ${where}`, [width, height], 'positive numbers');
    return { ...image, width, height };
  });
  const ids = new Set<number>();
  for (const { id, file } of images) {
    if (ids.has(id)) reject(`the id of ${file}`, id, 'an id that no other image has');
    ids.add(id);
  }

  const annotations = new Map<number, AtlasAnnotation[]>();
  listOf('annotations').forEach((entry, i) => {
    const where = `annotations[${i}]`;
    const imageId = numberIn(entry, 'image_id', where);
    if (!ids.has(imageId)) reject(`${where}.image_id`, imageId, 'the id of one of the images');
    const shape = segmentationOf(entry.segmentation, (value, expected) =>
      reject(`${where}.segmentation`, value, expected),
    );
    const annotation: AtlasAnnotation = {
      id: numberIn(entry, 'id', where),
      categoryId: numberIn(entry, 'category_id', where),
      ...shape,
      box: boxOf(entry.bbox) ?? enclosingBox(shape.polygons) ?? reject(`${where}.bbox`, entry.bbox, 'four numbers'),
      areaPixels:
        typeof entry.area === 'number' ? entry.area : shape.polygons.reduce((sum, p) => sum + polygonArea(p), 0),
      crowd: entry.iscrowd === 1 || entry.iscrowd === true,
    };
    const ofImage = annotations.get(imageId);
    if (ofImage) ofImage.push(annotation);
    else annotations.set(imageId, [annotation]);
  });

  const categories = listOf('categories').map((entry, i) => ({
    id: numberIn(entry, 'id', `categories[${i}]`),
    name: textIn(entry, 'name', `categories[${i}]`),
  }));
  return { path, images, annotations, categories };
}

function segmentationOf(
  value: unknown,
  reject: (value: unknown, expected: string) => never,
): { polygons: number[][]; mask?: RunLengthMask } {
  // Boxes alone, as for detection.
  if (value === undefined || value === null) return { polygons: [] };
  if (isObject(value)) {
    const { size, counts } = value;
    if (!isNumbers(size) || size.length !== 2) return reject(size, 'a size [height, width]');
    if (typeof counts !== 'string' && !isNumbers(counts)) return reject(counts, 'run lengths');
    return { polygons: [], mask: { size: [size[0], size[1]], counts } };
  }
  if (!Array.isArray(value)) return reject(value, 'polygons or a run-length mask');
  const polygons = value.map((polygon: unknown): number[] => {
    if (!isNumbers(polygon) || polygon.length < 6 || polygon.length % 2 !== 0) {
      return reject(polygon, 'polygons of an even count of at least 6 numbers');
    }
    return polygon;
  });
  return { polygons };
}

function boxOf(value: unknown): [number, number, number, number] | undefined {
  if (!isNumbers(value) || value.length !== 4) return undefined;
  return [value[0], value[1], value[2], value[3]];
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((v) => typeof v === 'number' && Number.isFinite(v));
}
