/**
 * The edges between pixels of a mask and others, as a path in the film's pixels: of any zoom as sharp as the screen.
 *
 * @param isSet whether the pixel at an index of `[height, width]` belongs to the mask.
 */
export function outlinePath(isSet: (index: number) => boolean, width: number, height: number): Path2D {
  const path = new Path2D();
  const at = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && isSet(y * width + x);
  for (let y = 0; y <= height; y += 1) {
    for (let x = 0, from = -1; x <= width; x += 1) {
      const isEdge = x < width && at(x, y - 1) !== at(x, y);
      if (isEdge && from < 0) {
        from = x;
      } else if (!isEdge && from >= 0) {
        path.moveTo(from, y);
        path.lineTo(x, y);
        from = -1;
      }
    }
  }
  for (let x = 0; x <= width; x += 1) {
    for (let y = 0, from = -1; y <= height; y += 1) {
      const isEdge = y < height && at(x - 1, y) !== at(x, y);
      if (isEdge && from < 0) {
        from = y;
      } else if (!isEdge && from >= 0) {
        path.moveTo(x, from);
        path.lineTo(x, y);
        from = -1;
      }
    }
  }
  return path;
}

/** Of outlines, one class after the other: as `fractura predict --overlay` draws them. */
export const outlineColours = ['#00e5ff', '#ff40ff', '#78ff50', '#ffffff', '#5a82ff'] as const;

/** Sides of a film for each pixel of an outline's thickness, where it is drawn at its own size. */
const sidePerThickness = 500;

/** Thickness of outlines on a film of its own size. */
export const outlineThickness = (width: number, height: number): number =>
  Math.max(1, Math.round(Math.max(width, height) / sidePerThickness));
