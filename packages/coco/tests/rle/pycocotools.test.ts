import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  compressCounts,
  decodeRle,
  decompressCounts,
  encodeRle,
  mergeRle,
  polygonsToRle,
  rleArea,
  rleBoundingBox,
  type Rle,
} from '../../src/index.js';

interface Raster {
  counts: number[];
  rle: string;
  area: number;
  bbox: number[];
}
type Size = [number, number];
interface RasterCase extends Raster {
  name: string;
  size: Size;
  polygons: number[][];
  error?: string;
  parts?: Raster[];
  intersection?: Raster;
}
interface MaskCase {
  name: string;
  size: Size;
  masks: (Raster & { rowMajorRuns: number[] })[];
  union: Raster;
  intersection: Raster;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const { cases: rasters } = fixture('coco-rasters.json') as { cases: RasterCase[] };
const masks = fixture('coco-masks.json') as {
  cases: MaskCase[];
  strings: (Raster & { name: string; size: Size })[];
  boxes: (Raster & { name: string; size: Size; box: [number, number, number, number] })[];
};

function expectRaster(actual: Rle, { counts, rle, area, bbox }: Raster): void {
  expect(actual.counts).toEqual(counts);
  expect(compressCounts(actual.counts)).toBe(rle);
  expect(decompressCounts(rle)).toEqual(counts);
  expect(rleArea(actual)).toBe(area);
  expect(rleBoundingBox(actual)).toEqual(bbox);
  expect(encodeRle(decodeRle(actual), actual.size[0], actual.size[1]).counts).toEqual(counts);
}

describe('polygons drawn by pycocotools', () => {
  test.each(rasters.filter(({ error }) => error === undefined))('$kind: $name', ({ polygons, size, ...expected }) => {
    expectRaster(polygonsToRle(polygons, ...size), expected);
    const parts = polygons.map((polygon, part) =>
      part === 0 || polygon.length > 4 ? polygonsToRle([polygon], ...size) : undefined,
    );
    for (const [part, raster] of (expected.parts ?? []).entries()) {
      if (parts[part]) {
        expectRaster(parts[part], raster);
      }
    }
    if (expected.intersection && parts.every((part) => part !== undefined)) {
      expectRaster(mergeRle(parts, { intersect: true }), expected.intersection);
    }
  });

  test.each(rasters.filter(({ error }) => error !== undefined))('refused: $name', ({ polygons, size }) => {
    expect(() => polygonsToRle(polygons, ...size)).toThrow(expect.objectContaining({ code: 'polygon-invalid' }));
  });

  test.each(masks.boxes)('$name as a polygon', ({ box: [x, y, w, h], size, ...expected }) => {
    expectRaster(polygonsToRle([[x, y, x, y + h, x + w, y + h, x + w, y]], ...size), expected);
  });
});

describe('masks encoded by pycocotools', () => {
  test.each(masks.cases)('$name', ({ masks: four, size, union, intersection }) => {
    const encoded = four.map(({ rowMajorRuns, ...expected }) => {
      const mask = rowMajorRuns.flatMap((run, i) => new Array<number>(run).fill(i % 2));
      const rle = encodeRle(mask, ...size);
      expectRaster(rle, expected);
      return rle;
    });
    expectRaster(mergeRle(encoded), union);
    expectRaster(mergeRle(encoded, { intersect: true }), intersection);
  });

  test.each(masks.strings)('$name', ({ size, ...expected }) => {
    expectRaster({ size, counts: expected.counts }, expected);
  });
});
