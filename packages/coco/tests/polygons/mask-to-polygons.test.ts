import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { encodeRle, maskToPolygons, polygonsToRle, rasterizePolygons } from '../../src/index.js';

const maskOf = (...rows: string[]) => ({
  mask: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0)),
  height: rows.length,
  width: rows[0].length,
});

const shoelace = (part: number[]) => {
  let sum = 0;
  for (let i = 0; i < part.length; i += 2) {
    const [x, y] = [part[i], part[i + 1]];
    const [nextX, nextY] = [part[(i + 2) % part.length], part[(i + 3) % part.length]];
    sum += x * nextY - nextX * y;
  }
  return sum / 2;
};

describe('outlines of masks', () => {
  test('a block becomes a rectangle, clockwise from its top left corner', () => {
    const { mask, height, width } = maskOf('....', '.##.', '.##.');
    expect(maskToPolygons(mask, height, width)).toEqual([[1, 1, 3, 1, 3, 3, 1, 3]]);
  });

  test('pixels that touch at a corner alone are parts of their own', () => {
    const { mask, height, width } = maskOf('#.', '.#');
    expect(maskToPolygons(mask, height, width)).toEqual([
      [0, 0, 1, 0, 1, 1, 0, 1],
      [1, 1, 2, 1, 2, 2, 1, 2],
    ]);
  });

  test('a hole stays a hole when drawn', () => {
    const { mask, height, width } = maskOf('#####', '#.#.#', '#####', '.....');
    const polygons = maskToPolygons(mask, height, width);
    expect(polygons).toHaveLength(1);
    expect(rasterizePolygons(polygons, height, width)).toEqual(mask);
  });

  test('an empty mask has no outline', () => {
    expect(maskToPolygons(new Uint8Array(12), 3, 4)).toEqual([]);
  });

  test('a mask of another length is refused', () => {
    expect(() => maskToPolygons([1, 0, 1], 2, 2)).toThrow(expect.objectContaining({ code: 'mask-invalid' }));
  });

  test('any mask is drawn back to the pixel, and the parts cover its area', () => {
    const anyMask = fc
      .record({ height: fc.integer({ min: 1, max: 14 }), width: fc.integer({ min: 1, max: 14 }) })
      .chain((size) =>
        fc.record({
          size: fc.constant(size),
          mask: fc.uint8Array({ minLength: size.height * size.width, maxLength: size.height * size.width, max: 1 }),
        }),
      );
    fc.assert(
      fc.property(anyMask, ({ size: { height, width }, mask }) => {
        const polygons = maskToPolygons(mask, height, width);
        const area = mask.reduce((sum, value) => sum + value, 0);
        expect(polygons.reduce((sum, part) => sum + shoelace(part), 0)).toBe(area);
        if (area > 0) {
          expect(polygonsToRle(polygons, height, width)).toEqual(encodeRle(mask, height, width));
        }
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});
