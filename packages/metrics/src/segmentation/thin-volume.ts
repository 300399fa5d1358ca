import type { Crop } from './grid.js';

/** The 27 places around a voxel, itself at 13: place = 9 slice + 3 row + column. */
const places = /* @__PURE__ */ Array.from({ length: 27 }, (_, place) => [
  Math.floor(place / 9),
  Math.floor(place / 3) % 3,
  place % 3,
]);
const centre = 13;

/** For each place the others, the centre left out, that touch it by a face, an edge or a corner; as bits. */
const touching = () =>
  places.map((from) =>
    places.reduce(
      (bits, to, place) =>
        place !== centre && to.every((value, axis) => Math.abs(value - from[axis]) <= 1) ? bits | (1 << place) : bits,
      0,
    ),
  );

/** The eight cubes of 2x2x2 voxels with the centre among them, as their places in the order of the cube's corners. */
const octants = () =>
  [0, 1].flatMap((z) =>
    [0, 1].flatMap((y) => [0, 1].map((x) => [0, 1, 3, 4, 9, 10, 12, 13].map((corner) => corner + 9 * z + 3 * y + x))),
  );

/**
 * By which number, times 8, the Euler characteristic of closed voxels around one point falls with the voxel `of`: of the point,
 * its half edges, quarter faces and eighths of cubes.
 *
 * @see Lee et al. 1994, table 2, column 26
 */
function eulerChange(pattern: number, of: number): number {
  const characteristic = (bits: number) => {
    if (bits === 0) {
      return 0;
    }
    const any = (fixed: readonly [number, number][]) =>
      [0, 1, 2, 3, 4, 5, 6, 7].some(
        (corner) => (bits >> corner) & 1 && fixed.every(([axis, side]) => ((corner >> axis) & 1) === side),
      )
        ? 1
        : 0;
    let [edges, faces, cubes] = [0, 0, 0];
    for (const a of [0, 1, 2]) {
      for (const side of [0, 1]) {
        edges += any([[a, side]]);
        for (const b of [0, 1, 2]) {
          for (const other of b > a ? [0, 1] : []) {
            faces += any([
              [a, side],
              [b, other],
            ]);
          }
        }
      }
    }
    for (let corner = 0; corner < 8; corner += 1) {
      cubes += (bits >> corner) & 1;
    }
    return 8 - 4 * edges + 2 * faces - cubes;
  };
  return characteristic(pattern | (1 << of)) - characteristic(pattern & ~(1 << of));
}

/**
 * Thins the voxels that bear a bit to lines of one voxel: from each of six directions in turn, border voxels that are no end
 * of a line are taken if neither the Euler characteristic nor the connection of their neighbours changes.
 *
 * @param oneSlice The whole volume is one slice: then only the directions within it are taken, as scikit-image does.
 * @returns Indices of the crop.
 * @see Lee, Kashyap and Chu 1994, "Building skeleton models via 3-D medial surface/axis thinning algorithms"; order of directions
 * as in scikit-image
 */
export function thinVolume({ marks, shape }: Crop, bit: number, oneSlice: boolean): number[] {
  const [, rows, columns] = shape;
  const [slice, row] = [rows * columns, columns];
  const steps = places.map(([z, y, x]) => (z - 1) * slice + (y - 1) * row + x - 1);
  const neighbours = touching();
  const cubes = octants().map((cube) => {
    const of = cube.indexOf(centre);
    return { cube, changes: Int8Array.from({ length: 256 }, (_, pattern) => eulerChange(pattern, of)) };
  });
  const on = marks.map((mark) => ((mark & bit) === 0 ? 0 : 1));

  const around = (i: number): number => {
    let bits = 0;
    for (let place = 0; place < 27; place += 1) {
      if (place !== centre && on[i + steps[place]]) {
        bits |= 1 << place;
      }
    }
    return bits;
  };
  const keepsEuler = (bits: number): boolean => {
    let change = 0;
    for (const { cube, changes } of cubes) {
      let pattern = 0;
      for (let corner = 0; corner < 8; corner += 1) {
        pattern |= ((bits >> cube[corner]) & 1) << corner;
      }
      change += changes[pattern];
    }
    return change === 0;
  };
  const connected = (bits: number): boolean => {
    let [left, reached] = [bits, bits & -bits];
    while (reached !== 0) {
      left &= ~reached;
      let next = 0;
      for (let rest = reached; rest !== 0; rest &= rest - 1) {
        next |= neighbours[31 - Math.clz32(rest & -rest)];
      }
      reached = next & left;
    }
    return left === 0;
  };

  let left = Array.from(on.keys()).filter((i) => on[i] === 1);
  for (let changed = left.length > 0; changed;) {
    changed = false;
    for (const step of oneSlice ? [-row, row, 1, -1] : [-row, row, 1, -1, slice, -slice]) {
      const candidates = left.filter((i) => {
        if (on[i + step]) {
          return false;
        }
        const bits = around(i);
        const end = bits !== 0 && (bits & (bits - 1)) === 0;
        return !end && keepsEuler(bits) && connected(bits);
      });
      let taken = 0;
      for (const i of candidates) {
        // The candidates before it may have gone.
        if (!connected(around(i))) {
          continue;
        }
        on[i] = 0;
        taken += 1;
      }
      if (taken > 0) {
        left = left.filter((i) => on[i] === 1);
        changed = true;
      }
    }
  }
  return left;
}
