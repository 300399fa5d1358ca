/** The quantile of ascending numbers, interpolated linearly and rounded as numpy does (from the nearer neighbour). */
export function quantile(sorted: Float64Array, level: number): number {
  const position = level * (sorted.length - 1);
  const index = Math.floor(position);
  const below = sorted[index];
  const above = sorted[Math.min(index + 1, sorted.length - 1)];
  const part = position - index;
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
}
