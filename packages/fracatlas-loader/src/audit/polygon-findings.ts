import { polygonArea } from '@fractura/coco';
import type { AtlasAnnotation, AtlasRecord } from '../atlas.js';
import { findingOf, type Finding } from './finding.js';

/** Points this little beyond the edge come from rounding, as in FracAtlas' own 2880.0000000000005 of 2880. */
const roundingPixels = 0.01;

/** Outlines that leave the image, lie beside it altogether or enclose nothing. */
export function polygonFindings(records: readonly AtlasRecord[]): Finding[] {
  const leaving: { file: string; sentence: string; pixels: number }[] = [];
  const outside: { file: string; sentence: string }[] = [];
  const empty: { file: string; sentence: string }[] = [];
  for (const { file, width, height, annotations } of records) {
    for (const annotation of annotations) {
      // Listed by the reader.
      if (annotation.flaw !== undefined) {
        continue;
      }
      const name = `Annotation ${annotation.id} of ${file}`;
      if (isEmpty(annotation)) {
        empty.push({ file, sentence: `${name} encloses nothing.` });
      }
      const beyond = reachBeyond(annotation, { width, height });
      if (beyond === 'all') {
        outside.push({ file, sentence: `${name} lies outside the ${width}x${height} image.` });
      } else if (beyond > 0) {
        const reach = Number(beyond.toPrecision(2));
        leaving.push({
          file,
          sentence: `${name} leaves the ${width}x${height} image by ${reach} pixels.`,
          pixels: beyond,
        });
      }
    }
  }
  const list = (cases: { file: string; sentence: string }[], about: Parameters<typeof findingOf>[0]) =>
    findingOf(
      about,
      cases.map(({ file }) => [file]),
      cases.map(({ sentence }) => sentence),
    );
  return [
    ...list(outside, {
      code: 'polygon-outside',
      severity: 'error',
      title: 'Outlines that lie outside their image',
      explanation: 'They were drawn on another image or in another frame; nothing of them can be used.',
    }),
    ...list(empty, {
      code: 'polygon-empty',
      severity: 'error',
      title: 'Outlines that enclose nothing',
      explanation: 'Their mask is empty, so the fracture they mark would be learnt as healthy bone.',
    }),
    ...list(leaving, {
      code: 'polygon-out-of-bounds',
      severity: leaving.some(({ pixels }) => pixels > roundingPixels) ? 'warning' : 'note',
      title: 'Outlines that leave the image',
      explanation: 'Clip them to the image; code that indexes pixels by their points fails or wraps around.',
    }),
  ];
}

function isEmpty({ polygons, mask, areaPixels }: AtlasAnnotation): boolean {
  return mask ? areaPixels <= 0 : polygons.every((polygon) => polygonArea(polygon) === 0);
}

/** By how many pixels the outline reaches over the edge of the image; `all` if no part of it lies inside. */
function reachBeyond(
  { polygons, box, mask }: AtlasAnnotation,
  { width, height }: { width: number; height: number },
): number | 'all' {
  const [boxX, boxY, boxWidth, boxHeight] = box;
  const corners = mask ? [boxX, boxY, boxX + boxWidth, boxY + boxHeight] : polygons.flat();
  const [xs, ys] = [corners.filter((_, i) => i % 2 === 0), corners.filter((_, i) => i % 2 === 1)];
  const [left, right, top, bottom] = [least(xs), -least(xs.map((v) => -v)), least(ys), -least(ys.map((v) => -v))];
  if (left >= width || top >= height || right <= 0 || bottom <= 0) {
    return 'all';
  }
  return Math.max(0, -left, -top, right - width, bottom - height);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
