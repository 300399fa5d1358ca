/**
 * The quantile of ascending numbers, interpolated linearly and rounded as `numpy.quantile` does (from the nearer neighbour).
 *
 * @param level from 0 to 1.
 * @returns NaN where there are no numbers.
 */
export function quantile(sorted: ArrayLike<number>, level: number): number {
  if (sorted.length === 0) {
    return NaN;
  }
  const position = level * (sorted.length - 1);
  const index = Math.floor(position);
  const below = sorted[index];
  const above = sorted[Math.min(index + 1, sorted.length - 1)];
  const part = position - index;
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
}
