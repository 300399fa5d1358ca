/** Reorders the spatial axes of `[channels, z, y, x]`: axis i of the result is axis `order[i]` of the input. */
export function transposeSpatial<Data extends Float32Array | Int16Array | Uint8Array | Uint16Array>(
  data: Data,
  shape: readonly number[],
  order: readonly number[],
): { data: Data; shape: number[] } {
  const [channels, ...size] = shape;
  const newShape = [channels, ...order.map((axis) => size[axis])];
  if (order.every((axis, i) => axis === i)) {
    return { data, shape: newShape };
  }
  const strides = [size[1] * size[2], size[2], 1];
  const [stepZ, stepY, stepX] = order.map((axis) => strides[axis]);
  const result = data.slice() as Data;
  let to = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    const from = channel * size[0] * strides[0];
    for (let z = 0; z < newShape[1]; z += 1) {
      for (let y = 0; y < newShape[2]; y += 1) {
        for (let x = 0; x < newShape[3]; x += 1, to += 1) {
          result[to] = data[from + z * stepZ + y * stepY + x * stepX];
        }
      }
    }
  }
  return { data: result, shape: newShape };
}
