import type { Draws } from '@fractura/seeded-random';
import { pointOn, radiusAt, type Limb, type LimbCoordinates } from './limb.js';

// Looked up once, for the loops over pixels.
const { abs, floor, max, min } = Math;

/** A break through a limb. Lengths are in pixels along and across the limb. */
export interface Fracture {
  limb: Limb;
  /** Where the line crosses the axis. */
  along: number;
  /** Half the limb's width there. */
  radius: number;
  /** The line's place along the limb at a place across it. */
  line: (across: number) => number;
  gapPixels: number;
  /** The far fragment, moved and turned. */
  farFragment: Limb;
  /** Side lines that run off the main one, as in a comminuted fracture. */
  branches: { along: number; across: number; slope: number; length: number }[];
}

/** Breaks a limb between the given fractions of its length. */
export function drawFracture(
  limb: Limb,
  draws: Draws,
  { near, far, leastGapPixels }: { near: number; far: number; leastGapPixels: number },
): Fracture {
  const length = Math.hypot(limb.to.x - limb.from.x, limb.to.y - limb.from.y);
  const along = length * draws.between(near, far);
  const radius = radiusAt(limb, along);
  const slope = draws.between(-0.7, 0.7);
  const teeth = Array.from({ length: 12 }, () => draws.between(-0.2, 0.2) * radius);
  const line = (across: number) => {
    const position = min(max((across / radius + 1.5) * 3.6, 0), 10.999);
    const tooth = floor(position);
    const share = position - tooth;
    return along + slope * across + teeth[tooth] * (1 - share) + teeth[tooth + 1] * share;
  };
  const shift = draws.between(0.15, 0.6) * radius * (draws.chance(0.5) ? 1 : -1);
  const turn = draws.between(-0.2, 0.2);
  return {
    limb,
    along,
    radius,
    line,
    gapPixels: Math.max(leastGapPixels, radius * draws.between(0.4, 0.65)),
    farFragment: moveFragment(limb, { along, shift, turn }),
    branches: Array.from({ length: draws.whole(0, 2) }, () => ({
      along,
      across: draws.between(-0.6, 0.6) * radius,
      slope: draws.between(0.8, 2.5) * (draws.chance(0.5) ? 1 : -1),
      length: draws.between(0.5, 0.9) * radius,
    })),
  };
}

function moveFragment(limb: Limb, { along, shift, turn }: { along: number; shift: number; turn: number }): Limb {
  const hinge = pointOn(limb, { along, across: 0 });
  const moved = pointOn(limb, { along, across: shift });
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const place = ({ x, y }: Limb['from']) => ({
    x: moved.x + (x - hinge.x) * cos - (y - hinge.y) * sin,
    y: moved.y + (x - hinge.x) * sin + (y - hinge.y) * cos,
  });
  return { ...limb, from: place(limb.from), to: place(limb.to) };
}

/** How much of the bone is left at a place of one fragment: 0 in the gap and beyond, 1 away from it. */
export function keepFragment(fracture: Fracture, side: 'near' | 'far'): (place: LimbCoordinates) => number {
  const { line, gapPixels, branches } = fracture;
  const direction = side === 'near' ? 1 : -1;
  return ({ along, across }) => {
    const inside = direction * (line(across) - along) - gapPixels / 2;
    if (inside <= -1) {
      return 0;
    }
    let kept = min(1, (inside + 1) / 2);
    for (const branch of branches) {
      const run = (along - branch.along) * direction * -1;
      if (run > 0 || -run > branch.length) {
        continue;
      }
      const beside = abs(across - branch.across - run / branch.slope);
      if (beside < gapPixels) {
        kept *= 0.35 + (0.65 * beside) / gapPixels;
      }
    }
    return kept;
  };
}

/** The outline that a radiologist draws around a break: x, y, x, y, ... in pixels, a little uneven. */
export function outlineFracture({ limb, line, radius }: Fracture, draws: Draws): number[] {
  const across = [-1.25, -0.75, 0, 0.75, 1.25].map((v) => v * radius);
  const margin = () => radius * draws.between(0.75, 1);
  const edge = (side: number, v: number): LimbCoordinates => ({ along: line(v) + side * margin(), across: v });
  const outline = [...across.map((v) => edge(-1, v)), ...across.reverse().map((v) => edge(1, v))];
  return outline.flatMap((place) => {
    const { x, y } = pointOn(limb, place);
    return [x, y];
  });
}
