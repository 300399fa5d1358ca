/** The number of elements of an array of this shape, numpy's `prod(shape)`: 1 where the shape is empty. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, extent) => count * extent, 1);
}
