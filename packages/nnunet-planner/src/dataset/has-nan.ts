/** Whether any value is not a number. */
export function hasNan(values: ArrayLike<number>): boolean {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
    return false;
  }
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) {
      return true;
    }
  }
  return false;
}
