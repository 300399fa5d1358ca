import { describeValue } from '@fractura/errors';
import type { SegmentationFlaw } from '../segmentation-flaw.js';
import { furthestVertex } from './rasterize-polygon.js';

/** Coordinates of a triangle. */
const fewest = 6;

/** As many coordinates as the polygons of one annotation may have. */
const mostCoordinates = 2 ** 20;

/**
 * Why a value is not a list of polygons that pycocotools draws as such; undefined where it is one. It refuses a list without a
 * part, takes a first part of two points for a box, and draws later parts of one or two points.
 */
export function flawOfPolygons(value: unknown): SegmentationFlaw | undefined {
  if (!Array.isArray(value)) {
    return {
      sentence: `has ${describeValue(value)} for polygons`,
      remedy: 'Give a list of polygons [[x, y, x, y, ...]], or a run-length mask { "size", "counts" }.',
    };
  }
  if (value.length === 0) {
    return {
      sentence: 'has an empty list for polygons',
      remedy: 'Draw the object, leave "segmentation" out where only a box is meant, or delete the annotation.',
    };
  }
  const parts = value as unknown[];
  const count = parts.reduce((sum: number, part) => sum + (Array.isArray(part) ? part.length : 1), 0);
  if (count > mostCoordinates) {
    return {
      sentence: `has ${count} coordinates for polygons, more than ${mostCoordinates}`,
      remedy: 'Export the object as a run-length mask, or with fewer points.',
    };
  }
  if (typeof parts[0] === 'number') {
    return {
      sentence: `has one list of numbers for polygons: ${describeValue(value)}`,
      remedy: 'Put the numbers into a list of their own: [[x, y, x, y, ...]].',
    };
  }
  for (const [i, part] of parts.entries()) {
    const flaw = flawOfPart(part, i === 0 ? fewest : 2, placeOf(i, value));
    if (flaw !== undefined) {
      return flaw;
    }
  }
  return undefined;
}

/** What is odd about polygons that can be drawn: a part of fewer than three points encloses nothing. */
export function shortPartOf(polygons: readonly (readonly number[])[]): SegmentationFlaw | undefined {
  const short = polygons.findIndex((part) => part.length < fewest);
  return short < 0
    ? undefined
    : {
        sentence: `has ${pointsOf(polygons[short])} ${placeOf(short, polygons)}`,
        remedy: 'Delete the part, or give it at least three points.',
      };
}

function flawOfPart(part: unknown, fewestNumbers: number, place: string): SegmentationFlaw | undefined {
  if (!Array.isArray(part) && !ArrayBuffer.isView(part)) {
    const remedy = 'Give each polygon as a list of numbers [x, y, x, y, ...].';
    return { sentence: `has ${describeValue(part)} ${place}`, remedy };
  }
  const numbers: readonly unknown[] = Array.isArray(part) ? part : Array.from(part as unknown as ArrayLike<number>);
  const odd = numbers.find((coordinate) => typeof coordinate !== 'number' || !Number.isFinite(coordinate));
  if (odd !== undefined) {
    return {
      sentence: `has the coordinate ${describeValue(odd)} ${place}, which is not a number`,
      remedy: Array.isArray(odd)
        ? 'Give points as x, y, x, y, ... in one list, not as pairs.'
        : 'Write the coordinate as a number of pixels.',
    };
  }
  const far = (numbers as readonly number[]).find((coordinate) => Math.abs(coordinate) > furthestVertex);
  if (far !== undefined) {
    return {
      sentence: `has the coordinate ${far} ${place}, which is too far away to be drawn`,
      remedy: 'Correct the coordinate: it is in pixels of the image.',
    };
  }
  if (numbers.length % 2 !== 0) {
    return {
      sentence: `has an odd count of ${numbers.length} coordinates ${place}: ${describeValue(numbers)}`,
      remedy: 'Add the number that is missing, or delete the one too many: each point has an x and a y.',
    };
  }
  if (numbers.length < fewestNumbers) {
    return {
      sentence: `has ${pointsOf(numbers)} ${place}, fewer than ${fewestNumbers / 2}: ${describeValue(numbers)}`,
      remedy:
        numbers.length === 4
          ? 'Draw at least three points; a box belongs in "bbox", as [x, y, width, height].'
          : 'Draw at least three points, or delete the annotation.',
    };
  }
  return undefined;
}

const pointsOf = (part: readonly unknown[]) => `${part.length / 2} ${part.length === 2 ? 'point' : 'points'}`;

const placeOf = (part: number, parts: readonly unknown[]) =>
  parts.length === 1 ? 'for a polygon' : `for part ${part + 1} of ${parts.length}`;
