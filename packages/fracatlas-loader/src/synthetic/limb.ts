// Looked up once: the loops over pixels call them millions of times, and a global is looked up anew each time.
const { max, sqrt } = Math;

/** A tapered, flared rod seen from the side: a bone, or the soft tissue around it. Lengths are in pixels. */
export interface Limb {
  /** Centres of both ends. */
  from: Point;
  to: Point;
  /** Radius at the middle. */
  radius: number;
  /** How much wider the ends are: 0.5 is half as wide again. */
  flare: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A pixel in the frame of a limb: `along` its axis from the first end, `across` it from the axis, both in pixels. */
export interface LimbCoordinates {
  along: number;
  across: number;
}

export interface LimbOptions {
  /** The radius of the hollow inside as a fraction of the limb's. */
  hollow?: number;
  /** How much of the limb is left at a place, 0 to 1: a fracture cuts it. */
  keep?: (place: LimbCoordinates) => number;
  /** Limbs that run into one another: the thickest counts, not the sum. */
  union?: boolean;
}

/**
 * Adds the thickness that X-rays pass through to a field of `[height, width]` float32.
 *
 * The rod is a cylinder; with a hollow, its rim (a bone's cortex) comes out brighter than its middle.
 */
export function addLimb(
  field: Float32Array,
  { width, height }: { width: number; height: number },
  limb: Limb,
  { hollow = 0, keep, union = false }: LimbOptions = {},
): void {
  const { from, to, radius, flare } = limb;
  const reach = radius * (1 + flare) + 1;
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const place = { along: 0, across: 0 };
  const [firstY, endY] = [Math.max(0, Math.floor(top)), Math.min(height, Math.ceil(bottom))];
  const [firstX, endX] = [Math.max(0, Math.floor(left)), Math.min(width, Math.ceil(right))];
  for (let y = firstY; y < endY; y += 1) {
    for (let x = firstX; x < endX; x += 1) {
      const dx = x - from.x;
      const dy = y - from.y;
      const along = dx * ux + dy * uy;
      const across = dy * ux - dx * uy;
      const beyond = along < 0 ? -along : along > length ? along - length : 0;
      const middle = beyond === 0 ? (2 * along) / length - 1 : 1;
      const squaredMiddle = middle * middle;
      const r = radius * (1 + flare * squaredMiddle * squaredMiddle);
      const squared = across * across + beyond * beyond;
      if (squared >= r * r) {
        continue;
      }
      let thickness = sqrt(r * r - squared);
      const inner = r * hollow * r * hollow - squared;
      if (inner > 0) {
        thickness -= 0.8 * sqrt(inner);
      }
      if (keep) {
        place.along = along;
        place.across = across;
        thickness *= keep(place);
      }
      const pixel = y * width + x;
      field[pixel] = union ? max(field[pixel], 2 * thickness) : field[pixel] + 2 * thickness;
    }
  }
}

/** The radius of a limb at a distance along its axis, in pixels. */
export function radiusAt({ from, to, radius, flare }: Limb, along: number): number {
  const middle = (2 * along) / (Math.hypot(to.x - from.x, to.y - from.y) || 1) - 1;
  return radius * (1 + flare * Math.min(Math.abs(middle), 1) ** 4);
}

/** The pixel at a place on a limb. */
export function pointOn({ from, to }: Limb, { along, across }: LimbCoordinates): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  return { x: from.x + along * ux - across * uy, y: from.y + along * uy + across * ux };
}
