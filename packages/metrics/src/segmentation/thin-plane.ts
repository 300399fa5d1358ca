import type { Crop } from './grid.js';

/**
 * Patterns of neighbours for which scikit-image departs from the paper's rules: it keeps some ends that the paper erodes
 * and takes corners of staircases. Each is a pattern and what becomes of it: 0 kept, 1 or 2 taken by that pass, 3 by both.
 *
 * @see scikit-image 0.26 `morphology/_skeletonize_various_cy.pyx`
 */
const departures = (): ReadonlyMap<number, number> =>
  new Map([
    ...[48, 129].map((pattern) => [pattern, 0] as const),
    ...[3, 6, 11, 12, 14, 131, 134, 161, 194, 198].map((pattern) => [pattern, 1] as const),
    ...[24, 26, 56, 96, 104, 108, 176, 192, 224].map((pattern) => [pattern, 2] as const),
    ...[10, 40, 130, 160].map((pattern) => [pattern, 3] as const),
  ]);

/**
 * What becomes of a pixel by its neighbours: bit 0 is the upper left one, the others follow clockwise.
 *
 * @see Zhang and Suen 1984, "A fast parallel algorithm for thinning digital patterns", conditions (a) to (d)
 */
function fateOf(pattern: number, known: number | undefined): number {
  if (known !== undefined) {
    return known;
  }
  const on = Array.from({ length: 8 }, (_, k) => (pattern >> k) & 1);
  const neighbours = on.reduce((sum, value) => sum + value, 0);
  const rises = on.filter((value, k) => value === 0 && on[(k + 1) % 8] === 1).length;
  if (neighbours < 2 || neighbours > 6 || rises !== 1) {
    return 0;
  }
  const [, north, , east, , south, , west] = on;
  const first = !(north && east && south) && !(east && south && west) ? 1 : 0;
  const second = !(north && east && west) && !(north && south && west) ? 2 : 0;
  return first + second;
}

/**
 * Thins the voxels that bear a bit to lines of one pixel, in the two alternating passes of Zhang and Suen.
 *
 * @returns Indices of the crop.
 */
export function thinPlane({ marks, shape }: Crop, bit: number): number[] {
  const known = departures();
  const fates = Uint8Array.from({ length: 256 }, (_, pattern) => fateOf(pattern, known.get(pattern)));
  const columns = shape[2];
  const clockwise = [-columns - 1, -columns, -columns + 1, 1, columns + 1, columns, columns - 1, -1];
  const on = marks.map((mark) => ((mark & bit) === 0 ? 0 : 1));
  let left = Array.from(on.keys()).filter((i) => on[i] === 1);
  for (let before = -1; before !== left.length;) {
    before = left.length;
    for (const pass of [1, 2]) {
      const taken = left.filter((i) => {
        let pattern = 0;
        for (let k = 0; k < 8; k += 1) {
          pattern |= on[i + clockwise[k]] << k;
        }
        return (fates[pattern] & pass) !== 0;
      });
      for (const i of taken) {
        on[i] = 0;
      }
      if (taken.length > 0) {
        left = left.filter((i) => on[i] === 1);
      }
    }
  }
  return left;
}
