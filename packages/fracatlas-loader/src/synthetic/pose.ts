import type { Limb, Point } from './limb.js';

/** How the patient lies under the tube: rotated about the image's centre, mirrored, moved and enlarged. */
export interface Pose {
  angleRadians: number;
  mirrored: boolean;
  scale: number;
  /** Fractions of the image's shorter side. */
  shift: Point;
}

/** Takes a limb from anatomy units (fractions of the shorter side, origin at the centre) to pixels. */
export function placeLimb(
  { from, to, radius, flare }: Limb,
  pose: Pose,
  size: { width: number; height: number },
): Limb {
  const unit = Math.min(size.width, size.height) * pose.scale;
  const [sin, cos] = [Math.sin(pose.angleRadians), Math.cos(pose.angleRadians)];
  const place = ({ x, y }: Point): Point => {
    const sided = pose.mirrored ? -x : x;
    return {
      x: size.width / 2 + unit * (sided * cos - y * sin + pose.shift.x),
      y: size.height / 2 + unit * (sided * sin + y * cos + pose.shift.y),
    };
  };
  return { from: place(from), to: place(to), radius: radius * unit, flare };
}
