/** Python's `round(x)`: to the nearest whole number, a half to the even one. NaN and infinities stay. */
export function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest < 0.5) {
    return below;
  }
  if (rest > 0.5) {
    return below + 1;
  }
  return Number.isFinite(value) ? below + Math.abs(below % 2) : value;
}
