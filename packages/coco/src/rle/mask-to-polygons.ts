import { CocoError } from '../errors.js';
import { numberGroups } from './number-groups.js';

/** Sides of a pixel, in the order in which an outline passes them: along the top eastwards, down, back, up. */
const [top, right, bottom, left] = [0, 1, 2, 3] as const;
type Side = 0 | 1 | 2 | 3;

/** From a side of a pixel: the neighbour ahead of it, and the one beyond that side there, as steps in x and y. */
const steps = [
  { ahead: [1, 0], beyond: [1, -1], from: [0, 0] },
  { ahead: [0, 1], beyond: [1, 1], from: [1, 0] },
  { ahead: [-1, 0], beyond: [-1, 1], from: [1, 1] },
  { ahead: [0, -1], beyond: [-1, -1], from: [0, 1] },
] as const;

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
  if (mask.length !== height * width) {
    throw new CocoError(`A mask of ${mask.length} numbers does not have ${height} x ${width} pixels.`, {
      code: 'mask-invalid',
      remedy: 'Give the mask row by row, with its height and width.',
    });
  }
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] !== 0;
  const foreground = Uint8Array.from(mask, (value) => (value === 0 ? 0 : 1));
  const { groups } = numberGroups(foreground, { height, width, corners: false });
  const passed = new Uint8Array(height * width);
  const partOfGroup = new Map<number, number[]>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      // Every outline runs eastwards somewhere, along the top of a pixel.
      if (!inside(x, y) || inside(x, y - 1) || (passed[y * width + x] & (1 << top)) !== 0) {
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
  let [x, y, side]: [number, number, Side] = [startX, startY, top];
  let turned = true;
  while ((passed[y * width + x] & (1 << side)) === 0) {
    passed[y * width + x] |= 1 << side;
    const { ahead, beyond, from } = steps[side];
    if (turned) {
      corners.push(x + from[0], y + from[1]);
    }
    turned = true;
    if (!inside(x + ahead[0], y + ahead[1])) {
      side = turn(side, 1);
    } else if (!inside(x + beyond[0], y + beyond[1])) {
      [x, y] = [x + ahead[0], y + ahead[1]];
      turned = false;
    } else {
      [x, y] = [x + beyond[0], y + beyond[1]];
      side = turn(side, -1);
    }
  }
  return corners;
}

const turn = (side: Side, by: 1 | -1): Side => ([left, top, right, bottom, left, top] as const)[side + 1 + by];
