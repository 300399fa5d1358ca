/**
 * Fills the holes of a 3D mask in place: background that does not reach the border through faces becomes foreground, as
 * `scipy.ndimage.binary_fill_holes` does it. Along an axis of length 1 every voxel touches the border.
 */
export function fillHoles(mask: Uint8Array, [sizeZ, sizeY, sizeX]: readonly number[]): void {
  if (sizeZ === 1 || sizeY === 1 || sizeX === 1) return;
  const plane = sizeY * sizeX;
  const outside = new Uint8Array(mask.length);
  const stack: number[] = [];
  const visit = (index: number) => {
    if (mask[index] === 0 && outside[index] === 0) {
      outside[index] = 1;
      stack.push(index);
    }
  };
  for (let z = 0; z < sizeZ; z += 1) {
    for (let y = 0; y < sizeY; y += 1) {
      const row = z * plane + y * sizeX;
      const wholeRow = z === 0 || z === sizeZ - 1 || y === 0 || y === sizeY - 1;
      if (wholeRow) for (let x = 0; x < sizeX; x += 1) visit(row + x);
      else {
        visit(row);
        visit(row + sizeX - 1);
      }
    }
  }
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const x = index % sizeX;
    const y = Math.floor(index / sizeX) % sizeY;
    const z = Math.floor(index / plane);
    if (x > 0) visit(index - 1);
    if (x < sizeX - 1) visit(index + 1);
    if (y > 0) visit(index - sizeX);
    if (y < sizeY - 1) visit(index + sizeX);
    if (z > 0) visit(index - plane);
    if (z < sizeZ - 1) visit(index + plane);
  }
  for (let i = 0; i < mask.length; i += 1) if (outside[i] === 0) mask[i] = 1;
}
