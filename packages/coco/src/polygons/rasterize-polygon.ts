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
    walkEdge({ x: x[j], y: y[j] }, { x: x[next], y: y[next] }, width, visit);
  }
  return { size: [height, width], counts: runsBetween(boundaries, height * width) };
}

/** A vertex on the finer grid. */
interface Vertex {
  x: number;
  y: number;
}

/** Columns of the grid beside the image that are walked too, so that it is entered from outside. */
const margin = 2;

/** As many columns of an image as an outline crosses at most. */
export function crossingsOf(polygon: ArrayLike<number>, width: number): number {
  const inside = (value: number) => Math.min(Math.max(value, -1), width + 1);
  let crossings = 0;
  for (let j = 0; j + 1 < polygon.length; j += 2) {
    const next = j + 3 < polygon.length ? j + 2 : 0;
    crossings += Math.abs(inside(polygon[next]) - inside(polygon[j])) + 1;
  }
  return Math.ceil(crossings);
}

/**
 * Visits the grid points of an edge, both ends included, always computed from its smaller end. Points between them that cannot
 * matter are passed over: those beyond the columns of the image, and those in one column of the grid.
 */
function walkEdge(start: Vertex, end: Vertex, width: number, visit: (u: number, v: number) => void): void {
  const dx = Math.abs(end.x - start.x);
  const dy = Math.abs(end.y - start.y);
  const [lowest, highest] = [-margin, scale * width + margin];
  if (dx >= dy) {
    const flip = start.x > end.x;
    const [from, to] = flip ? [end, start] : [start, end];
    const slope = dx === 0 ? 0 : (to.y - from.y) / dx;
    const first = Math.max(0, flip ? from.x + dx - highest : lowest - from.x);
    const last = Math.min(dx, flip ? from.x + dx - lowest : highest - from.x);
    for (let d = first; d <= last; d += 1) {
      const t = flip ? dx - d : d;
      visit(t + from.x, Math.trunc(from.y + slope * t + 0.5));
    }
    return;
  }
  const flip = start.y > end.y;
  const [from, to] = flip ? [end, start] : [start, end];
  const slope = (to.x - from.x) / dy;
  const uAt = (d: number) => Math.trunc(from.x + slope * (flip ? dy - d : d) + 0.5);
  const visitAt = (d: number) => {
    visit(uAt(d), (flip ? dy - d : d) + from.y);
  };
  const rising = uAt(dy) >= uAt(0);
  let d = firstFrom(0, dy, (at) => (rising ? uAt(at) >= lowest : uAt(at) <= highest));
  while (d <= dy && uAt(d) >= lowest && uAt(d) <= highest) {
    visitAt(d);
    const u = uAt(d);
    const next = firstFrom(d + 1, dy, (at) => uAt(at) !== u);
    // The row of a boundary is that of the last point before it.
    visitAt(next - 1);
    d = next;
  }
}

/** The first whole number from `from` to `last` at which a condition holds that holds from there on; `last + 1` where none is. */
function firstFrom(from: number, last: number, holds: (at: number) => boolean): number {
  let step = 1;
  let before = from - 1;
  while (before + step <= last && !holds(before + step)) {
    before += step;
    step *= 2;
  }
  let found = Math.min(before + step, last + 1);
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (holds(middle)) {
      found = middle;
    } else {
      before = middle;
    }
  }
  return found;
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
