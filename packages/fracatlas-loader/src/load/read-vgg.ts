import { describeValue } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { isObject, readJsonObject } from './read-json.js';

export interface VggEntry {
  bytes: number;
  /** x, y, x, y, ... in pixels; the closing point that repeats the first is left out. */
  polygons: number[][];
}

/** Reads a VGG Image Annotator file: polygons by image file name. */
export async function readVgg(path: string): Promise<Map<string, VggEntry>> {
  const json = await readJsonObject(path, 'The VGG file');
  const entries = new Map<string, VggEntry>();
  for (const [key, value] of Object.entries(json)) {
    const entry = isObject(value) ? value : {};
    const { filename, size, regions } = entry;
    if (typeof filename !== 'string' || typeof size !== 'number' || typeof regions !== 'object' || regions === null) {
      reject(path, key, value, 'an entry with filename, size and regions');
    }
    entries.set(filename, {
      bytes: size,
      polygons: Object.values(regions).map((region: unknown, i) => polygonOf(path, `${key}.regions[${i}]`, region)),
    });
  }
  return entries;
}

function polygonOf(path: string, where: string, region: unknown): number[] {
  const shape = isObject(region) && isObject(region.shape_attributes) ? region.shape_attributes : {};
  const { all_points_x: xs, all_points_y: ys } = shape;
  if (!Array.isArray(xs) || !Array.isArray(ys) || xs.length !== ys.length || xs.length < 3) {
    return reject(path, where, region, 'a polygon of equally many x and y');
  }
  const points = xs.flatMap((x: unknown, i): number[] => {
    const y: unknown = ys[i];
    return typeof x === 'number' && typeof y === 'number' ? [x, y] : reject(path, where, [x, y], 'numbers');
  });
  const closed = points[0] === points.at(-2) && points[1] === points.at(-1);
  return closed ? points.slice(0, -2) : points;
}

function reject(path: string, where: string, value: unknown, expected: string): never {
  throw new FracatlasLoaderError(`${path}: ${where} is ${describeValue(value)}; expected ${expected}.`, {
    code: 'vgg-invalid',
    remedy: 'Correct the entry, or restore the file from the original archive.',
  });
}
