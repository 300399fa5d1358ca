import { enclosingBox, polygonArea } from '@fractura/coco';
import { join } from 'node:path';
import type { AtlasConflict, AtlasRecord } from '../atlas.js';
import { stemOf } from './layout.js';
import type { VggEntry } from './read-vgg.js';
import { readVoc } from './read-voc.js';
import { readYolo } from './read-yolo.js';

/** VOC boxes are whole pixels and some exports count from 1: the archive's own differ by up to 1.15 from COCO's. */
const vocTolerancePixels = 1.5;
/** YOLO boxes have four decimals. */
const yoloTolerance = 1e-4;
/** Polygons are the same numbers in both files. */
const polygonTolerancePixels = 0.01;
const areaTolerance = 1e-3;

export function checkCocoShapes({ file, annotations }: AtlasRecord): AtlasConflict[] {
  return annotations.flatMap(({ id, polygons, box, areaPixels }): AtlasConflict[] => {
    const around = enclosingBox(polygons);
    if (!around) {
      return [];
    }
    const conflicts: AtlasConflict[] = [];
    const apart = greatestDifference(box, around);
    if (apart > 1) {
      conflicts.push({
        kind: 'coco-box',
        file,
        sentence: `The COCO box of annotation ${id} in ${file} lies up to ${apart.toFixed(1)} pixels beside its polygons.`,
      });
    }
    const area = polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
    if (Math.abs(area - areaPixels) > areaTolerance * Math.max(area, 1)) {
      conflicts.push({
        kind: 'coco-area',
        file,
        sentence: `The COCO area of annotation ${id} in ${file} is ${areaPixels.toFixed(0)}; its polygons have ${area.toFixed(0)}.`,
      });
    }
    return conflicts;
  });
}

export function checkVgg(records: readonly AtlasRecord[], entries: Map<string, VggEntry>): AtlasConflict[] {
  const known = new Set(records.map(({ file }) => file));
  const conflicts: AtlasConflict[] = [...entries.keys()]
    .filter((file) => !known.has(file))
    .map((file) => ({ kind: 'vgg', file, sentence: `The VGG file annotates ${file}, which is not in the atlas.` }));
  for (const { file, bytes, annotations } of records) {
    const entry = entries.get(file);
    const polygons = annotations.flatMap((annotation) => annotation.polygons);
    const says = entry?.polygons.length ?? 0;
    if (says !== polygons.length) {
      conflicts.push({
        kind: 'vgg',
        file,
        sentence: `The VGG file has ${says} polygons for ${file}, the COCO file ${polygons.length}.`,
      });
    } else if (entry?.polygons.some((polygon, i) => !samePolygon(polygon, polygons[i]))) {
      conflicts.push({
        kind: 'vgg',
        file,
        sentence: `The VGG and the COCO file draw different polygons for ${file}.`,
      });
    }
    if (entry && entry.bytes !== bytes) {
      conflicts.push({
        kind: 'vgg-file-size',
        file,
        sentence: `The VGG file was drawn on a ${file} of ${entry.bytes} bytes; the file here has ${bytes}.`,
      });
    }
  }
  return conflicts;
}

export async function checkVoc(
  folder: string,
  names: ReadonlySet<string>,
  record: AtlasRecord,
): Promise<AtlasConflict[]> {
  const { id, file, width, height, channels, annotations } = record;
  const name = `${id}.xml`;
  if (!names.has(name)) {
    return [{ kind: 'voc', file, sentence: `PASCAL VOC has no file for ${file}.` }];
  }
  const voc = await readVoc(join(folder, name));
  const conflicts: AtlasConflict[] = [];
  if (voc.width !== width || voc.height !== height) {
    conflicts.push({
      kind: 'voc-image-size',
      file,
      sentence: `PASCAL VOC says ${voc.width}x${voc.height} for ${file}; the upright image has ${width}x${height}.`,
    });
  }
  if (voc.channels !== channels) {
    conflicts.push({
      kind: 'voc-channels',
      file,
      sentence: `PASCAL VOC says ${voc.channels} channels for ${file}; the image has ${channels}.`,
    });
  }
  const boxes = annotations.map(({ box: [x, y, w, h] }) => [x, y, x + w, y + h]);
  const problem = compareBoxes(voc.boxes, boxes, vocTolerancePixels);
  if (problem) {
    conflicts.push({ kind: 'voc', file, sentence: `PASCAL VOC ${problem} ${file}.` });
  }
  return conflicts;
}

export async function checkYolo(
  folder: string,
  names: ReadonlySet<string>,
  record: AtlasRecord,
): Promise<AtlasConflict[]> {
  const { id, file, width, height, annotations } = record;
  const name = `${id}.txt`;
  if (!names.has(name)) {
    return [{ kind: 'yolo', file, sentence: `YOLO has no file for ${file}.` }];
  }
  const yolo = await readYolo(join(folder, name));
  const boxes = annotations.map(({ box: [x, y, w, h] }) => [
    (x + w / 2) / width,
    (y + h / 2) / height,
    w / width,
    h / height,
  ]);
  const problem = compareBoxes(
    yolo.map(({ xCentre, yCentre, width: w, height: h }) => [xCentre, yCentre, w, h]),
    boxes,
    yoloTolerance,
  );
  return problem ? [{ kind: 'yolo', file, sentence: `YOLO ${problem} ${file}.` }] : [];
}

/** Files of a format that belong to no image. */
export function checkStrays(
  kind: 'voc' | 'yolo',
  names: ReadonlySet<string>,
  { extension, known, ignore }: { extension: string; known: ReadonlySet<string>; ignore?: string },
): AtlasConflict[] {
  return [...names]
    .filter((name) => name.endsWith(extension) && name !== ignore && !known.has(stemOf(name)))
    .map((name) => ({ kind, file: name, sentence: `${name} annotates an image that is not in the atlas.` }));
}

function compareBoxes(
  found: readonly number[][],
  expected: readonly number[][],
  tolerance: number,
): string | undefined {
  if (found.length !== expected.length) {
    return `has ${found.length} boxes where COCO has ${expected.length} for`;
  }
  const apart = expected.some((box) => !found.some((other) => greatestDifference(box, other) <= tolerance));
  return apart ? 'and COCO have different boxes for' : undefined;
}

function samePolygon(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && greatestDifference(a, b) <= polygonTolerancePixels;
}

function greatestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
