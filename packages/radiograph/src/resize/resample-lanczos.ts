import { convolveLines } from './convolve-lines.js';
import { lanczosTaps, type Taps } from './lanczos-taps.js';

/** A grey image, row-major, [height, width]. */
export interface GreyImage<Pixels extends Uint8Array | Uint16Array = Uint8Array | Uint16Array> {
  data: Pixels;
  width: number;
  height: number;
}

/**
 * Scales by Lanczos, equal to Pillow's `resize(size, LANCZOS)`: along the rows first (the columns, as Pillow 13 does where
 * the height loses more than twice what the width loses), rounded to whole grey levels in between, 8-bit pixels with
 * fixed-point weights, 16-bit pixels in double.
 *
 * @see Pillow `src/libImaging/Resample.c`
 */
export function resampleLanczos<Pixels extends Uint8Array | Uint16Array>(
  image: GreyImage<Pixels>,
  { width, height }: { width: number; height: number },
): GreyImage<Pixels> {
  if (width === image.width && height === image.height) {
    return image;
  }
  const [lostWidth, lostHeight] = [image.width - width, image.height - height];
  const columnsFirst = lostHeight > 0 && lostHeight > 2 * lostWidth;
  // Convolving transposes, so the second pass brings the image back; columns first needs it the other way round.
  if (columnsFirst) {
    return transpose(convolveRows(convolveRows(transpose(image), height), width));
  }
  return convolveRows(convolveRows(image, width), height);
}

/** Every row scaled to `length` pixels, and the image transposed. */
function convolveRows<Pixels extends Uint8Array | Uint16Array>(
  image: GreyImage<Pixels>,
  length: number,
): GreyImage<Pixels> {
  if (length === image.width) {
    return transpose(image);
  }
  const { data, width, height } = image;
  const taps = lanczosTaps(width, length);
  const convolved =
    data instanceof Uint8Array
      ? convolveLines(data, height, width, taps)
      : convolveDeepLines(data, height, width, taps);
  return { data: convolved as Pixels, width: height, height: length };
}

/** As `convolveLines`, for 16-bit pixels, whose sums Pillow rounds from double. */
function convolveDeepLines(data: Uint16Array, lines: number, length: number, taps: Taps): Uint16Array {
  const target = new Uint16Array(taps.first.length * lines);
  for (let i = 0; i < taps.first.length; i += 1) {
    for (let line = 0; line < lines; line += 1) {
      const from = line * length + taps.first[i];
      let sum = 0;
      for (let k = 0; k < taps.length[i]; k += 1) {
        sum += data[from + k] * taps.weights[i * taps.most + k];
      }
      target[i * lines + line] = Math.min(Math.max(Math.floor(sum + 0.5), 0), 65535);
    }
  }
  return target;
}

function transpose<Pixels extends Uint8Array | Uint16Array>({
  data,
  width,
  height,
}: GreyImage<Pixels>): GreyImage<Pixels> {
  const turned = new (data.constructor as new (length: number) => Pixels)(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      turned[x * height + y] = data[y * width + x];
    }
  }
  return { data: turned, width: height, height: width };
}
