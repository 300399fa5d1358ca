import { drawsFrom, type Draws } from '@fractura/seeded-random';
import type { FilmTexture } from './film-texture.js';
import { keepFragment } from './fracture.js';
import { addLimb } from './limb.js';
import type { Scene } from './scene.js';

/** How the film was exposed and developed; draws of `seed`. */
export interface Exposure {
  seed: number;
}

// Looked up once, for the loop over pixels.
const { floor } = Math;
const boneHollow = 0.72;
const greatestAttenuation = 8;
const curveSteps = 4096;

/**
 * Renders a scene as a radiograph, `[height, width]` uint8, 0 black to 255 white.
 *
 * Thickness of soft tissue, bone and metal is summed along each ray and attenuates by Beer-Lambert's law; the film is
 * shown inverted, as in the clinic, so that bone is bright.
 */
export function renderRadiograph(scene: Scene, { seed }: Exposure, texture: FilmTexture): Uint8Array {
  const { width, height, bones, fractures, metal } = scene;
  const draws = drawsFrom(seed);
  const unit = Math.min(width, height);
  const tissue = new Float32Array(width * height);
  for (const limb of scene.tissue) {
    addLimb(tissue, scene, limb, { union: true });
  }
  const bone = new Float32Array(width * height);
  for (const limb of bones) {
    addLimb(bone, scene, limb, { hollow: boneHollow });
  }
  for (const fracture of fractures) {
    addLimb(bone, scene, fracture.limb, { hollow: boneHollow, keep: keepFragment(fracture, 'near') });
    addLimb(bone, scene, fracture.farFragment, { hollow: boneHollow, keep: keepFragment(fracture, 'far') });
  }
  const plates = new Float32Array(width * height);
  for (const limb of metal) {
    addLimb(plates, scene, limb);
  }

  const curve = filmCurve(draws);
  const grain = draws.between(1.5, 4);
  const tilt = draws.between(-0.12, 0.12);
  const [offsetX, offsetY] = [draws.whole(0, texture.size - 1), draws.whole(0, texture.size - 1)];
  const streaks = Float32Array.from({ length: width }, () => draws.between(-1.5, 1.5));
  const columns = Int32Array.from({ length: width }, (_, x) => (x + offsetX) % texture.size);
  const film = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = ((y + offsetY) % texture.size) * texture.size;
    const shading = 1 + tilt * (y / height - 0.5);
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const noise = row + columns[x];
      const soft = tissue[pixel] * (1 + 0.06 * texture.clouds[noise]);
      const hard = bone[pixel] * (1 + 0.09 * texture.trabeculae[noise]);
      const attenuation = (0.75 * soft + 5.2 * hard + 30 * plates[pixel]) / unit;
      const step =
        attenuation < greatestAttenuation ? floor((attenuation / greatestAttenuation) * curveSteps) : curveSteps;
      const grey = curve[step] * shading + grain * texture.grain[noise] + streaks[x] + 0.5;
      film[pixel] = grey < 0 ? 0 : grey > 255 ? 255 : grey;
    }
  }
  stampMarker(film, scene, draws.chance(0.4) ? draws.whole(0, 3) : undefined);
  return film;
}

/** Grey level (0 to 255, not yet rounded) by attenuation, tabulated for speed. */
function filmCurve(draws: Draws): Float32Array {
  const background = draws.between(0.03, 0.14);
  const exposure = draws.between(0.8, 1.15);
  const gamma = draws.between(0.85, 1.2);
  return Float32Array.from({ length: curveSteps + 1 }, (_, step) => {
    const absorbed = 1 - Math.exp((-exposure * step * greatestAttenuation) / curveSteps);
    return 255 * (background + (1 - background) * absorbed ** gamma);
  });
}

/** A lead side marker, an L, in one of the corners. */
function stampMarker(film: Uint8Array, { width, height }: Scene, corner: number | undefined): void {
  if (corner === undefined) {
    return;
  }
  const size = Math.round(Math.min(width, height) / 22);
  const stroke = Math.max(2, Math.round(size / 5));
  const left = corner % 2 === 0 ? size : width - 2 * size;
  const top = corner < 2 ? size : height - 3 * size;
  for (let y = 0; y < 1.5 * size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (x < stroke || y >= 1.5 * size - stroke) {
        film[(top + y) * width + left + x] = 245;
      }
    }
  }
}
