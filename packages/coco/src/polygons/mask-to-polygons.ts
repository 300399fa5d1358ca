import { checkArguments, rule } from '@fractura/errors';
import { labelComponents } from '@fractura/metrics';
import { requireMaskSize } from '../rle/mask-size.js';
import { CocoError } from '../errors.js';

type Side = 'top' | 'right' | 'bottom' | 'left';

/** How an outline goes on from a side of a pixel, clockwise around the foreground; x points right, y down. */
interface SideOfPixel {
  /** The bit that marks the side as passed. */
  bit: number;
  /** The corner at which the side begins. */
  corner: readonly [x: number, y: number];
  /** Step to the pixel in the direction of the outline, and to the one diagonally ahead, beyond the side. */
  ahead: readonly [x: number, y: number];
  beyond: readonly [x: number, y: number];
  /** The side that follows where the outline turns right, or left. */
  right: Side;
  left: Side;
}

const sides: Record<Side, SideOfPixel> = {
  top: { bit: 1, corner: [0, 0], ahead: [1, 0], beyond: [1, -1], right: 'right', left: 'left' },
  right: { bit: 2, corner: [1, 0], ahead: [0, 1], beyond: [1, 1], right: 'bottom', left: 'top' },
  bottom: { bit: 4, corner: [1, 1], ahead: [-1, 0], beyond: [-1, 1], right: 'left', left: 'right' },
  left: { bit: 8, corner: [0, 1], ahead: [0, -1], beyond: [-1, -1], right: 'top', left: 'bottom' },
};

/**
 * Outlines of a mask as COCO polygons that pycocotools (and `polygonsToRle`) draws back to the same mask, to the pixel.
 *
 * Each group of pixels joined at their sides is one part. It runs along the pixels' edges, clockwise from its topmost,
 * leftmost corner; a hole is joined to it by a path of no width that goes there and back.
 *
 * @param mask row-major, [height, width]; any value but 0 is foreground.
 * @returns parts as [x, y, x, y, ...] in pixels, whole numbers; empty for an empty mask.
 * @throws CocoError `mask-invalid` when the length is not height x width.
 */
export function maskToPolygons(mask: ArrayLike<number>, height: number, width: number): number[][] {
  checkArguments({ mask, height, width }, { mask: rule.numbers, height: rule.count, width: rule.count }, CocoError);
  requireMaskSize(mask, height, width);
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] !== 0;
  const { labels: groups } = labelComponents({ mask, shape: [height, width], connectivity: 4 });
  const passed = new Uint8Array(height * width);
  const partOfGroup = new Map<number, number[]>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      // Every outline runs eastwards somewhere, along the top of a pixel.
      if (!inside(x, y) || inside(x, y - 1) || (passed[y * width + x] & sides.top.bit) !== 0) {
        continue;
      }
      const outline = traceOutline(x, y, { inside, passed, width });
      const group = groups[y * width + x];
      const part = partOfGroup.get(group);
      // A group's topmost pixels lie on its outer outline; what comes later in the same group is a hole.
      if (part === undefined) {
        partOfGroup.set(group, outline);
      } else {
        part.push(part[0], part[1], ...outline, outline[0], outline[1]);
      }
    }
  }
  return [...partOfGroup.values()];
}

/** Follows an outline from the top of a pixel, foreground on the right hand; gives its corners. */
function traceOutline(
  startX: number,
  startY: number,
  { inside, passed, width }: { inside: (x: number, y: number) => boolean; passed: Uint8Array; width: number },
): number[] {
  const corners: number[] = [];
  let [x, y] = [startX, startY];
  let side: Side = 'top';
  let turned = true;
  while ((passed[y * width + x] & sides[side].bit) === 0) {
    const { bit, corner, ahead, beyond, right, left }: SideOfPixel = sides[side];
    passed[y * width + x] |= bit;
    if (turned) {
      corners.push(x + corner[0], y + corner[1]);
    }
    if (!inside(x + ahead[0], y + ahead[1])) {
      side = right;
      turned = true;
    } else if (!inside(x + beyond[0], y + beyond[1])) {
      [x, y] = [x + ahead[0], y + ahead[1]];
      turned = false;
    } else {
      [x, y] = [x + beyond[0], y + beyond[1]];
      side = left;
      turned = true;
    }
  }
  return corners;
}
