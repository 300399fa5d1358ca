import type { RunLengthMask } from '../atlas.js';
import { describeJson, isObject } from './read-json.js';

/** The outline of one annotation; where it cannot be drawn, `flaw` says why and nothing of it is kept. */
export interface Segmentation {
  polygons: number[][];
  mask?: RunLengthMask;
  flaw?: string;
}

/**
 * Reads `segmentation` of a COCO annotation: polygons of three points and more, a run-length mask, or nothing where there
 * is only a box. Everything else, which pycocotools refuses or draws as something else, comes as a flaw.
 */
export function readSegmentation(value: unknown): Segmentation {
  if (value === undefined || value === null) return { polygons: [] };
  if (isObject(value)) return readMask(value);
  const flaw = flawOf(value);
  return flaw === undefined ? { polygons: value as number[][] } : { polygons: [], flaw };
}

/** Why a value is not a list of polygons, as the end of a sentence that begins with the annotation. */
function flawOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `has ${describeJson(value)} for polygons`;
  if (value.length === 0) return 'has an empty list for polygons';
  for (const [i, part] of value.entries()) {
    const where = value.length === 1 ? 'for a polygon' : `for part ${i + 1} of ${value.length}`;
    if (!Array.isArray(part)) return `has ${describeJson(part)} ${where}`;
    const odd = part.find((coordinate) => typeof coordinate !== 'number' || !Number.isFinite(coordinate)) as unknown;
    if (odd !== undefined) return `has the coordinate ${describeJson(odd)} ${where}, which is not a number`;
    if (part.length % 2 !== 0) return `has an odd count of ${part.length} coordinates ${where}: ${describeJson(part)}`;
    if (part.length < 6) return `has ${part.length / 2} points ${where}, fewer than 3: ${describeJson(part)}`;
  }
  return undefined;
}

function readMask({ size, counts }: Record<string, unknown>): Segmentation {
  const refused = (flaw: string) => ({ polygons: [], flaw });
  if (!isWholes(size) || size.length !== 2)
    return refused(`has a run-length mask of the size ${describeJson(size)}, not [height, width]`);
  const [height, width] = size;
  if (typeof counts === 'string') return { polygons: [], mask: { size: [height, width], counts } };
  if (!isWholes(counts)) return refused(`has the runs ${describeJson(counts)}, not whole numbers`);
  const covered = counts.reduce((sum, count) => sum + count, 0);
  if (covered !== height * width)
    return refused(`has runs that cover ${covered} pixels of a mask of ${width}x${height}`);
  return { polygons: [], mask: { size: [height, width], counts } };
}

function isWholes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((v) => Number.isSafeInteger(v) && (v as number) >= 0);
}
