import { drawsFrom, type Draws } from '@fractura/seeded-random';
import type { BodyPart } from '../atlas.js';
import { drawAnatomy } from './anatomy.js';
import { drawFracture, outlineFracture, type Fracture } from './fracture.js';
import { pointOn, type Limb } from './limb.js';
import { placeLimb, type Pose } from './pose.js';

/** What is to be seen on one radiograph; the same request always gives the same scene. */
export interface SceneRequest {
  seed: number;
  part: BodyPart;
  /** At most two: each breaks a bone of its own. */
  fractures: number;
  hardware: boolean;
  /** Moves the break onto the lower edge of the image, so that its outline runs over it. */
  atEdge: boolean;
  width: number;
  height: number;
}

/** Everything in pixels of the upright image. */
export interface Scene {
  width: number;
  height: number;
  /** The unbroken bones. */
  bones: Limb[];
  tissue: Limb[];
  fractures: Fracture[];
  /** One outline a fracture: x, y, x, y, ... */
  outlines: number[][];
  metal: Limb[];
}

/** As a fraction of the shorter side: one and a half pixels of 64, so that reduced images still show a thin bone's break. */
const leastGap = 0.025;

export function drawScene({ seed, part, fractures: wanted, hardware, atEdge, width, height }: SceneRequest): Scene {
  const draws = drawsFrom(seed);
  const anatomy = drawAnatomy(part, draws);
  const pose: Pose = {
    angleRadians: draws.between(-0.25, 0.25),
    mirrored: draws.chance(0.5),
    scale: draws.between(0.95, 1.15),
    shift: { x: draws.between(-0.08, 0.08), y: draws.between(-0.08, 0.08) },
  };
  const size = { width, height };
  const inView = visibleShare(anatomy.bones, anatomy.breakable, pose, size);
  const broken = draws.shuffled(anatomy.breakable).slice(0, wanted);
  const place = (list: readonly Limb[]) => list.map((limb) => placeLimb(limb, pose, size));
  const bones = place(anatomy.bones);
  const leastGapPixels = leastGap * Math.min(width, height);
  const fractures = broken.map((bone) => drawFracture(bones[bone], draws, { ...inView.get(bone)!, leastGapPixels }));
  const scene: Scene = {
    width,
    height,
    bones: bones.filter((_, i) => !broken.includes(i)),
    tissue: place(anatomy.tissue),
    fractures,
    outlines: fractures.map((fracture) => outlineFracture(fracture, draws)),
    metal: hardware ? drawMetal(bones[draws.oneOf(anatomy.breakable)], draws) : [],
  };
  return atEdge ? movedToEdge(scene) : scene;
}

/** The part of each long bone, as fractions of its length, that lies well inside the image, or the place that lies deepest in it. */
function visibleShare(
  bones: readonly Limb[],
  breakable: readonly number[],
  pose: Pose,
  size: { width: number; height: number },
): Map<number, { near: number; far: number }> {
  return new Map(
    breakable.map((index) => {
      const limb = placeLimb(bones[index], pose, size);
      const places = Array.from({ length: 61 }, (_, i) => 0.15 + (i * 0.7) / 60).map((share) => {
        const x = limb.from.x + share * (limb.to.x - limb.from.x);
        const y = limb.from.y + share * (limb.to.y - limb.from.y);
        return { share, toBorder: Math.min(x, y, size.width - x, size.height - y) };
      });
      const wellInside = places.filter(({ toBorder }) => toBorder > limb.radius * 1.8);
      const deepest = places.reduce((best, place) => (place.toBorder > best.toBorder ? place : best));
      const { share: near } = wellInside[0] ?? deepest;
      const { share: far } = wellInside.at(-1) ?? deepest;
      return [index, { near, far }];
    }),
  );
}

/** A plate along a bone and the screws that hold it. */
function drawMetal(bone: Limb, draws: Draws): Limb[] {
  const length = Math.hypot(bone.to.x - bone.from.x, bone.to.y - bone.from.y);
  const start = length * draws.between(0.35, 0.5);
  const span = bone.radius * draws.between(3, 4.5);
  const side = bone.radius * 0.75 * (draws.chance(0.5) ? 1 : -1);
  const on = (along: number, across: number) => pointOn(bone, { along, across });
  const plate = { from: on(start, side), to: on(start + span, side), radius: bone.radius * 0.16, flare: 0 };
  const screws = Array.from({ length: 4 }, (_, i) => {
    const along = start + (span * (i + 0.5)) / 4;
    return { from: on(along, side * 1.3), to: on(along, -side * 0.9), radius: bone.radius * 0.09, flare: 0 };
  });
  return [plate, ...screws];
}

function movedToEdge(scene: Scene): Scene {
  const [fracture] = scene.fractures;
  if (!fracture) {
    return scene;
  }
  const centre = pointOn(fracture.limb, { along: fracture.along, across: 0 });
  const [dx, dy] = [scene.width / 2 - centre.x, scene.height - fracture.radius * 0.45 - centre.y];
  const point = ({ x, y }: Limb['from']) => ({ x: x + dx, y: y + dy });
  const move = (limb: Limb): Limb => ({ ...limb, from: point(limb.from), to: point(limb.to) });
  return {
    ...scene,
    bones: scene.bones.map(move),
    tissue: scene.tissue.map(move),
    metal: scene.metal.map(move),
    fractures: scene.fractures.map((f) => ({ ...f, limb: move(f.limb), farFragment: move(f.farFragment) })),
    outlines: scene.outlines.map((outline) => outline.map((v, i) => v + (i % 2 === 0 ? dx : dy))),
  };
}
