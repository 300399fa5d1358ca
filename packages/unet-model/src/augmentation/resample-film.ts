import type { Sample } from '../data/crop-patch.js';
import type { Film } from './place-film.js';

/** A movement of a film within its patch. */
export interface FilmTransform {
  /** In radians. */
  angle: number;
  /** Above 1 makes objects larger. */
  magnification: number;
  mirrorY: boolean;
  mirrorX: boolean;
  /** In pixels of the film. */
  shiftY: number;
  shiftX: number;
}

/**
 * Moves a film about the patch's centre: the image by linear interpolation with 0 outside, labels by the nearest pixel with -1
 * outside. Pixel o of the patch takes the film at M A (o - (P - 1) / 2) / magnification + shift + (S - 1) / 2, with the rotation A,
 * mirroring M, and the sizes P of the patch and S of the film.
 *
 * @param size of the patch, `[1, height, width]`
 */
export function resampleFilm(
  { data, shape, segmentation }: Film,
  size: readonly number[],
  { angle, magnification, mirrorY, mirrorX, shiftY, shiftX }: FilmTransform,
): Sample {
  const [channels, , filmHeight, filmWidth] = shape;
  const [, height, width] = size;
  const filmPixels = filmHeight * filmWidth;
  const pixels = height * width;
  const image = new Float32Array(channels * pixels);
  const labels = new Int16Array(pixels).fill(-1);
  const [cosine, sine] = [Math.cos(angle) / magnification, Math.sin(angle) / magnification];
  const [signY, signX] = [mirrorY ? -1 : 1, mirrorX ? -1 : 1];
  const [middleY, middleX] = [shiftY + (filmHeight - 1) / 2, shiftX + (filmWidth - 1) / 2];

  for (let row = 0; row < height; row += 1) {
    const dy = row - (height - 1) / 2;
    for (let column = 0; column < width; column += 1) {
      const dx = column - (width - 1) / 2;
      const y = signY * (cosine * dy - sine * dx) + middleY;
      const x = signX * (sine * dy + cosine * dx) + middleX;
      const [top, left] = [Math.floor(y), Math.floor(x)];
      if (top < -1 || left < -1 || top >= filmHeight || left >= filmWidth) {
        continue;
      }
      const o = row * width + column;
      const [below, right] = [y - top, x - left];
      const [hasTop, hasBottom] = [top >= 0, top + 1 < filmHeight];
      const [hasLeft, hasRight] = [left >= 0, left + 1 < filmWidth];
      const at = top * filmWidth + left;
      for (let c = 0; c < channels; c += 1) {
        const from = c * filmPixels + at;
        let value = 0;
        if (hasTop && hasLeft) {
          value += (1 - below) * (1 - right) * data[from];
        }
        if (hasTop && hasRight) {
          value += (1 - below) * right * data[from + 1];
        }
        if (hasBottom && hasLeft) {
          value += below * (1 - right) * data[from + filmWidth];
        }
        if (hasBottom && hasRight) {
          value += below * right * data[from + filmWidth + 1];
        }
        image[c * pixels + o] = value;
      }
      const [nearestY, nearestX] = [below < 0.5 ? top : top + 1, right < 0.5 ? left : left + 1];
      if (nearestY >= 0 && nearestX >= 0 && nearestY < filmHeight && nearestX < filmWidth) {
        labels[o] = segmentation[nearestY * filmWidth + nearestX];
      }
    }
  }
  return { image, labels, channels, size };
}
