import type { AtlasAnnotation, AtlasRecord } from '../atlas.js';
import { enclosingBox, polygonArea } from '../polygon.js';
import { findingOf, type Finding } from './finding.js';

/** Outlines that leave the image, lie beside it altogether or enclose nothing. */
export function polygonFindings(records: readonly AtlasRecord[]): Finding[] {
  const leaving: { file: string; sentence: string }[] = [];
  const outside: { file: string; sentence: string }[] = [];
  const empty: { file: string; sentence: string }[] = [];
  for (const { file, width, height, annotations } of records) {
    for (const annotation of annotations) {
      const name = `Annotation ${annotation.id} of ${file}`;
      if (isEmpty(annotation)) empty.push({ file, sentence: `${name} encloses nothing.` });
      const beyond = reachBeyond(annotation, { width, height });
      if (beyond === 'all') outside.push({ file, sentence: `${name} lies outside the ${width}x${height} image.` });
      else if (beyond > 0) {
        leaving.push({ file, sentence: `${name} leaves the ${width}x${height} image by ${beyond.toFixed(1)} pixels.` });
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
      severity: 'warning',
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
  const [x, y, w, h] = (mask ? undefined : enclosingBox(polygons)) ?? box;
  if (x >= width || y >= height || x + w <= 0 || y + h <= 0) return 'all';
  return Math.max(0, -x, -y, x + w - width, y + h - height);
}
