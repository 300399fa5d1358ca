import type { Triple } from './grid.js';

/**
 * The area of the marching-cubes surface within a cube of eight voxel centres, for each of the 256 patterns; vertices
 * lie in the middle of the cube's edges. Bit k of a pattern belongs to the corner 7 - k, whose bits are slice, row, column.
 *
 * Each face-connected group of corners is cut off on its own; more than four are seen from the other side. Areas are
 * those of the triangles that surface-distance's table has, written as the shapes that they make up.
 *
 * @see Nikolov et al. 2021, "Clinically applicable segmentation of head and neck anatomy for radiotherapy"
 */
export function surfaceAreas([slice, row, column]: Triple): Float64Array {
  /** Faces of the cell across each axis. */
  const face: Triple = [row * column, slice * column, slice * row];
  /** Rectangles along each axis and diagonal to the others. */
  const diagonal: Triple = [norm(face[1], face[2]), norm(face[0], face[2]), norm(face[0], face[1])];
  const corner = norm(...face) / 8;
  const areaOf = (group: readonly number[]): number => {
    const edges = [4, 2, 1].map((axis) => group.filter((vertex) => group.includes(vertex ^ axis)).length / 2);
    const flat = edges.indexOf(0);
    if (group.length === 1) {
      return corner;
    }
    if (group.length === 2) {
      return diagonal[edges.indexOf(1)] / 2;
    }
    if (group.length === 3) {
      return face[flat] / 2 + 2 * corner + corner;
    }
    if (flat >= 0) {
      return face[flat];
    }
    const middle = group.filter((vertex) => [4, 2, 1].filter((axis) => group.includes(vertex ^ axis)).length === 2);
    // Three edges from one corner, or a path along each axis once.
    if (middle.length === 0) {
      return 6 * corner;
    }
    const axis = [4, 2, 1].indexOf(middle[0] ^ middle[1]);
    return 4 * corner + (diagonal[(axis + 1) % 3] + diagonal[(axis + 2) % 3]) / 4;
  };
  return Float64Array.from({ length: 256 }, (_, pattern) => {
    const inside = [0, 1, 2, 3, 4, 5, 6, 7].filter((vertex) => (pattern >> (7 - vertex)) & 1);
    const fewer = inside.length > 4 ? [0, 1, 2, 3, 4, 5, 6, 7].filter((vertex) => !inside.includes(vertex)) : inside;
    return groupsOf(fewer).reduce((area, group) => area + areaOf(group), 0);
  });
}

/**
 * The length of the marching-squares contour within a square of four pixel centres, for each of the 16 patterns: bits 8, 4
 * are the upper row, 2, 1 the lower.
 */
export function contourLengths([, row, column]: Triple): Float64Array {
  const diagonal = norm(row, column) / 2;
  return Float64Array.from({ length: 16 }, (_, pattern) => {
    if (pattern === 0 || pattern === 15) {
      return 0;
    }
    if (pattern === 3 || pattern === 12) {
      return column;
    }
    if (pattern === 5 || pattern === 10) {
      return row;
    }
    return pattern === 6 || pattern === 9 ? 2 * diagonal : diagonal;
  });
}

/** Not `Math.hypot`: numpy's norm rounds as this does, and where areas decide on a percentile the last bit counts. */
const norm = (...values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** The groups of corners that edges of the cube connect. */
function groupsOf(vertices: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const vertex of vertices) {
    if (groups.some((group) => group.includes(vertex))) {
      continue;
    }
    const group = [vertex];
    for (const member of group) {
      const neighbours = [4, 2, 1].map((axis) => member ^ axis);
      group.push(...neighbours.filter((other) => vertices.includes(other) && !group.includes(other)));
    }
    groups.push(group);
  }
  return groups;
}
