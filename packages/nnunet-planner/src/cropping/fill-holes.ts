/**
 * Fills the holes of a 3D mask in place: background that does not reach the border through faces becomes foreground, as
 * `scipy.ndimage.binary_fill_holes` does it. Along an axis of length 1 every voxel touches the border.
 *
 * The outside is flooded from the border in runs along x, so that the list of what is left to visit stays short.
 */
export function fillHoles(mask: Uint8Array, [sizeZ, sizeY, sizeX]: readonly number[]): void {
  if (sizeZ === 1 || sizeY === 1 || sizeX === 1) {
    return;
  }
  const plane = sizeY * sizeX;
  const outside = 2;
  const pending: number[] = [];

  /** Floods the run of background around `index` and notes where runs beside it begin. */
  const flood = (index: number): void => {
    const rowStart = index - (index % sizeX);
    let start = index;
    while (start > rowStart && mask[start - 1] === 0) {
      start -= 1;
    }
    let end = index;
    while (end < rowStart + sizeX && mask[end] === 0) {
      end += 1;
    }
    mask.fill(outside, start, end);
    const y = (rowStart / sizeX) % sizeY;
    const z = Math.floor(rowStart / plane);
    if (y > 0) {
      noteRuns(start - sizeX, end - sizeX);
    }
    if (y < sizeY - 1) {
      noteRuns(start + sizeX, end + sizeX);
    }
    if (z > 0) {
      noteRuns(start - plane, end - plane);
    }
    if (z < sizeZ - 1) {
      noteRuns(start + plane, end + plane);
    }
  };
  const noteRuns = (start: number, end: number): void => {
    let inRun = false;
    for (let i = start; i < end; i += 1) {
      if (mask[i] !== 0) {
        inRun = false;
      } else if (!inRun) {
        inRun = true;
        pending.push(i);
      }
    }
  };
  const visit = (index: number): void => {
    if (mask[index] !== 0) {
      return;
    }
    flood(index);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (mask[next] === 0) {
        flood(next);
      }
    }
  };

  for (let z = 0; z < sizeZ; z += 1) {
    for (let y = 0; y < sizeY; y += 1) {
      const row = z * plane + y * sizeX;
      const wholeRow = z === 0 || z === sizeZ - 1 || y === 0 || y === sizeY - 1;
      if (wholeRow) {
        for (let x = 0; x < sizeX; x += 1) {
          visit(row + x);
        }
      } else {
        visit(row);
        visit(row + sizeX - 1);
      }
    }
  }
  for (let i = 0; i < mask.length; i += 1) {
    mask[i] = mask[i] === outside ? 0 : 1;
  }
}
