/** Part of a structuring element: the voxels from `first` to `last` along x of the line at `z`, `y`, as offsets from its origin. */
export interface ElementRow {
  z: number;
  y: number;
  first: number;
  last: number;
}

/**
 * A disk within the slices, as scikit-image's `disk` makes it: a grid of whole steps that begins at -radius, so that a radius
 * that is not whole gives a disk off its centre.
 *
 * @param radius in voxels, any real number from 0 on
 */
export function disk(radius: number): ElementRow[] {
  const count = Math.ceil(radius + 1 + radius);
  // numpy's arange steps by the difference of its first two values, which rounding may leave beside 1.
  const step = 1 - radius + radius;
  return rowsOf([[0], ...plane(Array.from({ length: count }, (_, i) => -radius + i * step))], radius * radius);
}

/**
 * A ball, as scikit-image's `ball` makes it: as many points as whole steps give, spread evenly from -radius to radius.
 *
 * @param radius in voxels, any real number from 0.5 on
 */
export function ball(radius: number): ElementRow[] {
  const count = Math.trunc(2 * radius + 1);
  const step = (2 * radius) / (count - 1);
  const line = Array.from({ length: count }, (_, i) => i * step - radius);
  return rowsOf([line, ...plane(line)], radius * radius);
}

const plane = (line: readonly number[]) => [line, line] as const;

/** The grid points of three axes whose squared distance is at most `limit`; the origin is index (length - 1) / 2, cut. */
function rowsOf([zs, ys, xs]: readonly (readonly number[])[], limit: number): ElementRow[] {
  const origin = (line: readonly number[]) => Math.floor((line.length - 1) / 2);
  return zs.flatMap((z, zi) =>
    ys.flatMap((y, yi) => {
      const inside = xs.flatMap((x, xi) => (x * x + y * y + z * z <= limit ? [xi - origin(xs)] : []));
      if (inside.length === 0) {
        return [];
      }
      return [{ z: zi - origin(zs), y: yi - origin(ys), first: inside[0], last: inside[inside.length - 1] }];
    }),
  );
}
