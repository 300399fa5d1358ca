import type { BoundingBox } from '@fractura/nnunet-format';

/** The smallest box around the voxels of a mask that are not 0; the whole image where all of them are 0. */
export function boundingBox(mask: Uint8Array, [sizeZ, sizeY, sizeX]: readonly number[]): BoundingBox {
  const first = mask.findIndex((value) => value !== 0);
  if (first < 0) {
    return [sizeZ, sizeY, sizeX].map((extent) => [0, extent]);
  }
  const plane = sizeY * sizeX;
  const anyFrom = (start: number, count: number, step: number): boolean => {
    for (let i = 0, index = start; i < count; i += 1, index += step) {
      if (mask[index] !== 0) {
        return true;
      }
    }
    return false;
  };
  const z0 = Math.floor(first / plane);
  let z1 = sizeZ;
  while (!anyFrom((z1 - 1) * plane, plane, 1)) {
    z1 -= 1;
  }
  const anyInPlanes = (start: number, count: number, step: number): boolean => {
    for (let z = z0; z < z1; z += 1) {
      if (anyFrom(z * plane + start, count, step)) {
        return true;
      }
    }
    return false;
  };
  let y0 = 0;
  while (!anyInPlanes(y0 * sizeX, sizeX, 1)) {
    y0 += 1;
  }
  let y1 = sizeY;
  while (!anyInPlanes((y1 - 1) * sizeX, sizeX, 1)) {
    y1 -= 1;
  }
  let x0 = 0;
  while (!anyInPlanes(x0, sizeY, sizeX)) {
    x0 += 1;
  }
  let x1 = sizeX;
  while (!anyInPlanes(x1 - 1, sizeY, sizeX)) {
    x1 -= 1;
  }
  return [
    [z0, z1],
    [y0, y1],
    [x0, x1],
  ];
}
