/**
 * Numbers, from 1 in row-major order of their first pixel, the groups of equal neighbours among the pixels that are not 0.
 *
 * @param options `corners`: pixels that touch at a corner alone are neighbours too.
 */
export function numberGroups(
  values: ArrayLike<number>,
  { height, width, corners }: { height: number; width: number; corners: boolean },
): { groups: Int32Array; count: number } {
  const groups = new Int32Array(height * width);
  const open: number[] = [];
  let count = 0;
  for (let start = 0; start < groups.length; start += 1) {
    const value = values[start];
    if (value === 0 || groups[start] !== 0) {
      continue;
    }
    count += 1;
    groups[start] = count;
    open.push(start);
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          if (!corners && dx !== 0 && dy !== 0) {
            continue;
          }
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) {
            continue;
          }
          const neighbour = pixel + dy * width + dx;
          if (groups[neighbour] !== 0 || values[neighbour] !== value) {
            continue;
          }
          groups[neighbour] = count;
          open.push(neighbour);
        }
      }
    }
  }
  return { groups, count };
}
