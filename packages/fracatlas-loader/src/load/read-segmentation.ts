import type { RunLengthMask } from '../atlas.js';
import { describeJson, isObject } from './read-json.js';

/** The outline of one annotation; where it cannot be drawn, `flaw` says why and nothing of it is kept. */
export interface Segmentation {
  polygons: number[][];
  mask?: RunLengthMask;
  flaw?: string;
  /** What is odd about an outline that can be drawn. */
  remark?: string;
}

/**
 * Reads `segmentation` of a COCO annotation: polygons, a run-length mask, or nothing where there is only a box. What
 * pycocotools refuses, or draws as something else, comes as a flaw. It draws parts of one or two points after the first, which
 * enclose next to nothing: they are kept, with a remark.
 */
export function readSegmentation(value: unknown): Segmentation {
  if (value === undefined || value === null) {
    return { polygons: [] };
  }
  if (isObject(value)) {
    return readMask(value);
  }
  const flaw = flawOf(value);
  if (flaw !== undefined) {
    return { polygons: [], flaw };
  }
  const polygons = value as number[][];
  const short = polygons.findIndex((part) => part.length < fewest);
  if (short < 0) {
    return { polygons };
  }
  return { polygons, remark: `has ${pointsOf(polygons[short])} ${placeOf(short, polygons)}` };
}

/** Coordinates of a triangle. */
const fewest = 6;

const pointsOf = (part: readonly unknown[]) => `${part.length / 2} ${part.length === 2 ? 'point' : 'points'}`;

const placeOf = (part: number, parts: readonly unknown[]) =>
  parts.length === 1 ? 'for a polygon' : `for part ${part + 1} of ${parts.length}`;

/** Why a value is not a list of polygons, as the end of a sentence that begins with the annotation. */
function flawOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) {
    return `has ${describeJson(value)} for polygons`;
  }
  if (value.length === 0) {
    return 'has an empty list for polygons';
  }
  for (const [i, part] of value.entries()) {
    const where = placeOf(i, value);
    if (!Array.isArray(part)) {
      return `has ${describeJson(part)} ${where}`;
    }
    const odd = part.find((coordinate) => typeof coordinate !== 'number' || !Number.isFinite(coordinate)) as unknown;
    if (odd !== undefined) {
      return `has the coordinate ${describeJson(odd)} ${where}, which is not a number`;
    }
    if (part.length % 2 !== 0) {
      return `has an odd count of ${part.length} coordinates ${where}: ${describeJson(part)}`;
    }
    if (part.length < (i === 0 ? fewest : 2)) {
      return `has ${pointsOf(part)} ${where}, fewer than ${i === 0 ? 3 : 1}: ${describeJson(part)}`;
    }
  }
  return undefined;
}

function readMask({ size, counts }: Record<string, unknown>): Segmentation {
  const refused = (flaw: string) => ({ polygons: [], flaw });
  if (!isWholes(size) || size.length !== 2) {
    return refused(`has a run-length mask of the size ${describeJson(size)}, not [height, width]`);
  }
  const [height, width] = size;
  if (typeof counts === 'string') {
    return { polygons: [], mask: { size: [height, width], counts } };
  }
  if (!isWholes(counts)) {
    return refused(`has the runs ${describeJson(counts)}, not whole numbers`);
  }
  const covered = counts.reduce((sum, count) => sum + count, 0);
  if (covered !== height * width) {
    return refused(`has runs that cover ${covered} pixels of a mask of ${width}x${height}`);
  }
  return { polygons: [], mask: { size: [height, width], counts } };
}

function isWholes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((v) => Number.isSafeInteger(v) && (v as number) >= 0);
}
