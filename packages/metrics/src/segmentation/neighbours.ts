import type { Triple } from './grid.js';

/**
 * Where the neighbours of a voxel are, as steps of its index, ascending.
 *
 * @param reach Along how many axes a neighbour may differ: 1 faces, 2 edges too, 3 corners too.
 */
export function neighbourSteps([slices, rows, columns]: Triple, reach: number): number[] {
  const steps = [];
  const moves = (size: number) => (size > 1 ? [-1, 0, 1] : [0]);
  for (const z of moves(slices)) {
    for (const y of moves(rows)) {
      for (const x of moves(columns)) {
        const axes = Math.abs(z) + Math.abs(y) + Math.abs(x);
        if (axes > 0 && axes <= reach) {
          steps.push((z * rows + y) * columns + x);
        }
      }
    }
  }
  return steps;
}
