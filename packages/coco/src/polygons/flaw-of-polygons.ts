import { describeValue } from '@fractura/errors';
import { furthestVertex } from './rasterize-polygon.js';

/** Coordinates of a triangle. */
const fewest = 6;

/**
 * Why a value is not a list of polygons that pycocotools draws as such, as the end of a sentence; undefined where it is one. It
 * refuses a list without a part, takes a first part of two points for a box, and draws later parts of one or two points.
 */
export function flawOfPolygons(value: unknown): string | undefined {
  if (!Array.isArray(value)) {
    return `has ${describeValue(value)} for polygons`;
  }
  if (value.length === 0) {
    return 'has an empty list for polygons';
  }
  for (const [i, part] of (value as unknown[]).entries()) {
    const flaw = flawOfPart(part, i === 0 ? fewest : 2, placeOf(i, value));
    if (flaw !== undefined) {
      return flaw;
    }
  }
  return undefined;
}

/** What is odd about polygons that can be drawn, as the end of a sentence: a part of fewer than three points encloses nothing. */
export function shortPartOf(polygons: readonly (readonly number[])[]): string | undefined {
  const short = polygons.findIndex((part) => part.length < fewest);
  return short < 0 ? undefined : `has ${pointsOf(polygons[short])} ${placeOf(short, polygons)}`;
}

function flawOfPart(part: unknown, fewestNumbers: number, place: string): string | undefined {
  if (!Array.isArray(part) && !ArrayBuffer.isView(part)) {
    return `has ${describeValue(part)} ${place}`;
  }
  const numbers: readonly unknown[] = Array.isArray(part) ? part : Array.from(part as unknown as ArrayLike<number>);
  const odd = numbers.find((coordinate) => typeof coordinate !== 'number' || !Number.isFinite(coordinate));
  if (odd !== undefined) {
    return `has the coordinate ${describeValue(odd)} ${place}, which is not a number`;
  }
  const far = (numbers as readonly number[]).find((coordinate) => Math.abs(coordinate) > furthestVertex);
  if (far !== undefined) {
    return `has the coordinate ${far} ${place}, which is too far away to be drawn`;
  }
  if (numbers.length % 2 !== 0) {
    return `has an odd count of ${numbers.length} coordinates ${place}: ${describeValue(numbers)}`;
  }
  if (numbers.length < fewestNumbers) {
    return `has ${pointsOf(numbers)} ${place}, fewer than ${fewestNumbers / 2}: ${describeValue(numbers)}`;
  }
  return undefined;
}

const pointsOf = (part: readonly unknown[]) => `${part.length / 2} ${part.length === 2 ? 'point' : 'points'}`;

const placeOf = (part: number, parts: readonly unknown[]) =>
  parts.length === 1 ? 'for a polygon' : `for part ${part + 1} of ${parts.length}`;
