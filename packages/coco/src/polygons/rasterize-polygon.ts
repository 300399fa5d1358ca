import type { Rle } from '../rle/rle.js';

/** Vertices are rounded to a grid this much finer than the pixels. */
const scale = 5;

/** Vertices beyond this cannot be drawn: scaled, they must fit 32 bits, as they do for pycocotools. */
export const furthestVertex = (2 ** 31 - 1) / scale - 1;

/**
 * Pixels of one polygon, as pycocotools draws it.
 *
 * The outline is walked on the finer grid; wherever it passes the middle of a pixel column, the row there starts or ends
 * a run. What lies outside the image is clipped.
 *
 * @see pycocotools: common/maskApi.c, rleFrPoly
 * @param polygon x, y of each vertex in turn, in pixels; the pixel in row r, column c covers [c, c+1] x [r, r+1].
 */
export function rasterizePolygon(polygon: ArrayLike<number>, height: number, width: number): Rle {
  const vertices = Math.floor(polygon.length / 2);
  // C's cast to int: towards zero, which matters left of and above the image.
  const x = Float64Array.from({ length: vertices }, (_, j) => Math.trunc(scale * polygon[2 * j] + 0.5));
  const y = Float64Array.from({ length: vertices }, (_, j) => Math.trunc(scale * polygon[2 * j + 1] + 0.5));

  const boundaries: number[] = [];
  let [lastU, lastV] = [NaN, NaN];
  function visit(u: number, v: number) {
    if (u !== lastU && !Number.isNaN(lastU)) {
      const column = (Math.min(u, lastU) + 0.5) / scale - 0.5;
      if (Number.isInteger(column) && column >= 0 && column <= width - 1) {
        const row = (Math.min(v, lastV) + 0.5) / scale - 0.5;
        boundaries.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)));
      }
    }
    lastU = u;
    lastV = v;
  }

  for (let j = 0; j < vertices; j += 1) {
    const next = j + 1 === vertices ? 0 : j + 1;
    walkEdge(x[j], y[j], x[next], y[next], visit);
  }
  return { size: [height, width], counts: runsBetween(boundaries, height * width) };
}

/** Visits the grid points of an edge, both ends included, always computed from its smaller end. */
function walkEdge(x0: number, y0: number, x1: number, y1: number, visit: (u: number, v: number) => void): void {
  const dx = Math.abs(x1 - x0);
  const dy = Math.abs(y1 - y0);
  if (dx >= dy) {
    const flip = x0 > x1;
    const [xs, ys, ye] = flip ? [x1, y1, y0] : [x0, y0, y1];
    const slope = dx === 0 ? 0 : (ye - ys) / dx;
    for (let d = 0; d <= dx; d += 1) {
      const t = flip ? dx - d : d;
      visit(t + xs, Math.trunc(ys + slope * t + 0.5));
    }
    return;
  }
  const flip = y0 > y1;
  const [xs, ys, xe] = flip ? [x1, y1, x0] : [x0, y0, x1];
  const slope = (xe - xs) / dy;
  for (let d = 0; d <= dy; d += 1) {
    const t = flip ? dy - d : d;
    visit(Math.trunc(xs + slope * t + 0.5), t + ys);
  }
}

/** Runs between boundaries in column-major order; two boundaries at one place cancel out. */
function runsBetween(boundaries: number[], end: number): number[] {
  const steps = Float64Array.from([...boundaries, end]).sort();
  for (let i = steps.length - 1; i > 0; i -= 1) {
    steps[i] -= steps[i - 1];
  }
  const runs = [steps[0]];
  for (let i = 1; i < steps.length; i += 1) {
    if (steps[i] > 0) {
      runs.push(steps[i]);
      continue;
    }
    i += 1;
    if (i < steps.length) {
      runs[runs.length - 1] += steps[i];
    }
  }
  return runs;
}
