import type { PixelImage } from '@fractura/radiograph';
import { blank, type Levels } from './blank.js';

export interface RotateOptions {
  /** Degrees, counter-clockwise. */
  angle: number;
  /** Default `nearest`, torchvision's. */
  interpolation?: 'nearest' | 'bilinear';
}

/** a x + b y + c for each coordinate of the source. */
type Affine = [number, number, number, number, number, number];

/**
 * Rotates about the centre, the corners black, as `torchvision.transforms.functional.rotate` does on a Pillow image: of 8 bits,
 * equal to Pillow bit for bit.
 *
 * @see Pillow: src/PIL/Image.py, rotate; src/libImaging/Geometry.c
 */
export function rotate<Data extends Levels>(
  image: PixelImage<Data>,
  { angle, interpolation = 'nearest' }: RotateOptions,
): PixelImage<Data> {
  const turned = ((angle % 360) + 360) % 360;
  if (turned === 0) {
    return { ...image, data: image.data.slice() as Data };
  }
  const matrix = inverseRotation(turned, image);
  return interpolation === 'nearest' ? nearest(image, matrix) : bilinear(image, matrix);
}

function inverseRotation(degrees: number, { height, width }: PixelImage<Levels>): Affine {
  const radians = -((degrees * Math.PI) / 180);
  const round15 = (value: number) => Number(value.toFixed(15));
  const [cos, sin] = [round15(Math.cos(radians)), round15(Math.sin(radians))];
  const [cx, cy] = [width / 2, height / 2];
  return [cos, sin, cos * -cx + sin * -cy + cx, -sin, cos, -sin * -cx + cos * -cy + cy];
}

/** In 16.16 fixed point. */
function nearest<Data extends Levels>(image: PixelImage<Data>, [a, b, c, d, e, f]: Affine): PixelImage<Data> {
  const { data, height, width, channels } = image;
  const out = blank(image);
  const { floor } = Math;
  const fixed = (value: number) => floor(value * 65536 + 0.5);
  const [stepX, rowX, stepY, rowY] = [fixed(a), fixed(b), fixed(d), fixed(e)];
  let startX = fixed(c + a * 0.5 + b * 0.5);
  let startY = fixed(f + d * 0.5 + e * 0.5);
  for (let y = 0, to = 0; y < height; y += 1, startX += rowX, startY += rowY) {
    let [sourceX, sourceY] = [startX, startY];
    for (let x = 0; x < width; x += 1, to += channels, sourceX += stepX, sourceY += stepY) {
      const [fromX, fromY] = [floor(sourceX / 65536), floor(sourceY / 65536)];
      if (fromX < 0 || fromX >= width || fromY < 0 || fromY >= height) {
        continue;
      }
      for (let k = 0; k < channels; k += 1) {
        out.data[to + k] = data[(fromY * width + fromX) * channels + k];
      }
    }
  }
  return out;
}

function bilinear<Data extends Levels>(image: PixelImage<Data>, [a, b, c, d, e, f]: Affine): PixelImage<Data> {
  const { data, height, width, channels } = image;
  const out = blank(image);
  const { floor, max, min } = Math;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += channels) {
      const inX = a * (x + 0.5) + b * (y + 0.5) + c;
      const inY = d * (x + 0.5) + e * (y + 0.5) + f;
      if (inX < 0 || inX >= width || inY < 0 || inY >= height) {
        continue;
      }
      const [left, top] = [floor(inX - 0.5), floor(inY - 0.5)];
      const [dx, dy] = [inX - 0.5 - left, inY - 0.5 - top];
      const [x0, x1] = [max(left, 0), min(left + 1, width - 1)];
      const [y0, y1] = [max(top, 0), min(top + 1, height - 1)];
      for (let k = 0; k < channels; k += 1) {
        const at = (row: number, column: number) => data[(row * width + column) * channels + k];
        const upper = at(y0, x0) + (at(y0, x1) - at(y0, x0)) * dx;
        const lower = at(y1, x0) + (at(y1, x1) - at(y1, x0)) * dx;
        out.data[to + k] = upper + (lower - upper) * dy;
      }
    }
  }
  return out;
}
