/**
 * The one-to-one assignment of rows to columns with the largest sum (Kuhn 1955, Munkres 1957; with potentials, as Jonker and
 * Volgenant 1987).
 *
 * @param gains `gains[row][column]`, finite.
 * @returns for each row its column, or -1 where there are more rows than columns.
 */
export function assign(gains: readonly (readonly number[])[]): number[] {
  const rows = gains.length;
  const columns = Math.max(rows, gains[0]?.length ?? 0);
  const cost = (row: number, column: number) => -(gains[row][column] ?? 0);
  // Row and column 0 are where every search starts; rows and columns count from 1.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const before = new Int32Array(columns + 1);
    const visited = new Uint8Array(columns + 1);
    let column = 0;
    rowOf[0] = row;
    do {
      visited[column] = 1;
      let [nearest, next] = [Infinity, 0];
      for (let other = 1; other <= columns; other += 1) {
        if (visited[other]) {
          continue;
        }
        const reduced = cost(rowOf[column] - 1, other - 1) - rowPotential[rowOf[column]] - columnPotential[other];
        if (reduced < slack[other]) {
          [slack[other], before[other]] = [reduced, column];
        }
        if (slack[other] < nearest) {
          [nearest, next] = [slack[other], other];
        }
      }
      for (let other = 0; other <= columns; other += 1) {
        if (visited[other]) {
          rowPotential[rowOf[other]] += nearest;
          columnPotential[other] -= nearest;
        } else {
          slack[other] -= nearest;
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]) {
      rowOf[column] = rowOf[before[column]];
    }
  }
  const columnOf = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= (gains[0]?.length ?? 0); column += 1) {
    if (rowOf[column] > 0) {
      columnOf[rowOf[column] - 1] = column - 1;
    }
  }
  return columnOf;
}
