import type { Draws } from '@fractura/seeded-random';
import type { BodyPart } from '../atlas.js';
import type { Limb } from './limb.js';

/** What lies on the detector. Lengths are fractions of the image's shorter side, the origin is the image's centre. */
export interface Anatomy {
  bones: Limb[];
  /** The indices of the long bones, which may break: those that no other bone covers. */
  breakable: number[];
  /** Soft tissue. */
  tissue: Limb[];
}

/** Draws one view of a body part with the proportions of one person. */
export function drawAnatomy(part: BodyPart, draws: Draws): Anatomy {
  return anatomies[part](draws);
}

const anatomies: Record<BodyPart, (draws: Draws) => Anatomy> = {
  hand: wrist,
  leg: lowerLeg,
  hip,
  shoulder,
};

/** Radius and ulna from above, eight carpal bones, five metacarpals with their phalanges. */
function wrist(draws: Draws): Anatomy {
  const { between } = draws;
  const bones = [
    limb(-0.12, -0.8, -0.11, 0.08, between(0.075, 0.085), 0.45),
    limb(0.1, -0.8, 0.105, 0.05, between(0.06, 0.07), 0.25),
  ];
  for (let i = 0; i < 8; i += 1) {
    const [row, column] = [Math.floor(i / 4), i % 4];
    const x = -0.13 + column * 0.085 + between(-0.01, 0.01);
    const y = 0.15 + row * 0.075 + between(-0.01, 0.01);
    bones.push(limb(x, y, x + between(-0.02, 0.02), y + between(0, 0.02), between(0.034, 0.044), 0.2));
  }
  const tissue = [limb(0, -0.9, 0, 0.1, 0.26, 0), limb(0, 0.1, 0.01, 0.42, 0.24, 0.15)];
  for (let ray = 0; ray < 5; ray += 1) {
    const angle = (ray - 2) * between(0.13, 0.17);
    let [x, y] = [(ray - 2) * 0.07, 0.3 + Math.abs(ray - 2) * 0.012];
    [0.2, 0.12, 0.08, 0.05].forEach((length, segment) => {
      const [nextX, nextY] = [x + Math.sin(angle) * length, y + Math.cos(angle) * length];
      bones.push(limb(x, y, nextX, nextY, 0.027 - segment * 0.003, 0.35));
      [x, y] = [nextX + Math.sin(angle) * 0.022, nextY + Math.cos(angle) * 0.022];
    });
    tissue.push(limb((ray - 2) * 0.07, 0.3, x, y, 0.05, 0));
  }
  return { bones, breakable: [0, 1], tissue };
}

/** Tibia and fibula with the ends of the femur or the bones of the ankle. */
function lowerLeg(draws: Draws): Anatomy {
  const { between } = draws;
  const knee = draws.chance(0.5);
  const [top, bottom] = knee ? [-0.28, 0.9] : [-0.9, 0.28];
  const bones = [
    limb(-0.06, top, -0.03, bottom, between(0.085, 0.1), 0.5),
    limb(0.15, top + 0.05, 0.13, bottom, between(0.045, 0.055), 0.35),
  ];
  if (knee) {
    bones.push(limb(-0.03, -1, -0.04, -0.5, between(0.1, 0.115), 0.4));
    bones.push(limb(-0.13, -0.46, -0.12, -0.43, 0.09, 0), limb(0.05, -0.46, 0.05, -0.43, 0.09, 0));
    bones.push(limb(-0.05, -0.5, -0.05, -0.46, 0.06, 0));
  } else {
    bones.push(limb(-0.04, 0.42, 0.03, 0.44, 0.085, 0.1), limb(0.0, 0.56, 0.02, 0.62, 0.08, 0.2));
    for (let ray = 0; ray < 4; ray += 1) {
      bones.push(limb(-0.09 + ray * 0.06, 0.66, -0.14 + ray * 0.09, 1, 0.03, 0.3));
    }
  }
  const tissue = [limb(0.02, -1, 0.02, 1, between(0.27, 0.32), 0), limb(0.02, top, 0.02, top + 0.2, 0.3, 0)];
  return { bones, breakable: [0, 1], tissue };
}

/** One side of the pelvis with the head, neck and shaft of the femur. */
function hip(draws: Draws): Anatomy {
  const { between } = draws;
  const bones = [
    limb(-0.2, 0.1, -0.17, 1, between(0.09, 0.105), 0.2),
    limb(-0.2, 0.08, -0.02, -0.08, between(0.075, 0.085), 0.25),
    limb(-0.01, -0.1, 0.0, -0.11, 0.1, 0),
  ];
  const ring = 12;
  for (let i = 0; i < ring; i += 1) {
    const [a, b] = [(i * 2 * Math.PI) / ring, ((i + 1) * 2 * Math.PI) / ring];
    const [w, h] = [between(0.2, 0.22), between(0.17, 0.19)];
    bones.push(
      limb(0.28 + w * Math.cos(a), 0.06 + h * Math.sin(a), 0.28 + w * Math.cos(b), 0.06 + h * Math.sin(b), 0.04, 0),
    );
  }
  bones.push(limb(0.06, -0.2, -0.02, -0.55, 0.11, 0.3), limb(-0.02, -0.55, 0.2, -0.62, 0.06, 0.2));
  for (let i = 0; i < 4; i += 1) {
    bones.push(limb(0.42, -0.62 + i * 0.14, 0.5, -0.6 + i * 0.14, 0.055, 0.1));
  }
  const tissue = [limb(0.2, -1, 0.2, 0.3, 0.55, 0), limb(-0.18, 0.1, -0.16, 1, 0.3, 0)];
  return { bones, breakable: [0], tissue };
}

/** The humerus beside the scapula, the clavicle and the ribs. */
function shoulder(draws: Draws): Anatomy {
  const { between } = draws;
  const bones = [
    limb(-0.14, -0.18, -0.2, 0.9, between(0.075, 0.09), 0.2),
    limb(-0.1, -0.43, 0.5, -0.5, between(0.05, 0.06), 0.25),
    limb(-0.12, -0.24, -0.11, -0.22, 0.11, 0),
    limb(0.06, -0.26, 0.2, 0.16, 0.06, 0.2),
    limb(0.04, -0.28, 0.28, -0.3, 0.05, 0.2),
  ];
  for (let rib = 0; rib < 5; rib += 1) {
    const y = -0.36 + rib * 0.19;
    bones.push(limb(0.22, y + 0.1, 0.36, y + 0.02, 0.024, 0), limb(0.36, y + 0.02, 0.6, y + 0.07, 0.024, 0));
  }
  const tissue = [
    limb(-0.17, -0.2, -0.2, 1, 0.24, 0),
    limb(0.4, -0.3, 0.4, 1, 0.36, 0),
    limb(-0.1, -0.3, 0.5, -0.4, 0.24, 0),
  ];
  return { bones, breakable: [0, 1], tissue };
}

function limb(x0: number, y0: number, x1: number, y1: number, radius: number, flare: number): Limb {
  return { from: { x: x0, y: y0 }, to: { x: x1, y: y1 }, radius, flare };
}
