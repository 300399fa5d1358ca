import type { Draws } from '@fractura/seeded-random';

/** Square tiles of noise that repeat without a seam, zero mean and unit variance, `[size, size]` float32. */
export interface FilmTexture {
  size: number;
  /** Detector noise, independent from pixel to pixel. */
  grain: Float32Array;
  /** Trabecular bone, correlated over a few pixels. */
  trabeculae: Float32Array;
  /** Uneven soft tissue, correlated over some twenty pixels. */
  clouds: Float32Array;
}

export function makeFilmTexture(draws: Draws, size = 384): FilmTexture {
  const white = () =>
    Float32Array.from({ length: size * size }, () => {
      let sum = -2;
      for (let i = 0; i < 4; i += 1) {
        sum += draws.between(0, 1);
      }
      return sum;
    });
  return {
    size,
    grain: standardised(white()),
    trabeculae: standardised(smooth(smooth(white(), size, 1), size, 1)),
    clouds: standardised(smooth(smooth(white(), size, 9), size, 9)),
  };
}

/** A box blur of `2 * radius + 1` pixels in both directions, wrapping at the edges. */
function smooth(tile: Float32Array, size: number, radius: number): Float32Array {
  const blurLines = (source: Float32Array, step: number, lineStep: number) => {
    const result = new Float32Array(source.length);
    for (let line = 0; line < size; line += 1) {
      const at = (i: number) => source[line * lineStep + ((i + size) % size) * step];
      let sum = 0;
      for (let i = -radius; i <= radius; i += 1) {
        sum += at(i);
      }
      for (let i = 0; i < size; i += 1) {
        result[line * lineStep + i * step] = sum;
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
    return result;
  };
  return blurLines(blurLines(tile, 1, size), size, 1);
}

function standardised(tile: Float32Array): Float32Array {
  const mean = tile.reduce((sum, v) => sum + v, 0) / tile.length;
  const variance = tile.reduce((sum, v) => sum + (v - mean) ** 2, 0) / tile.length;
  return tile.map((v) => (v - mean) / Math.sqrt(variance));
}
