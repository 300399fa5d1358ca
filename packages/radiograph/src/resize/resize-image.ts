import { checkSize, type ImageSize } from '../images/image-size.js';
import type { PixelImage, Pixels } from '../images/pixel-image.js';
import { convolveLines } from './convolve-lines.js';
import { filterTaps, type ResizeFilter, type Taps } from './filter-taps.js';

/**
 * Resizes an image, equal bit for bit to Pillow's `resize`, and with `bilinear` to torchvision's `Resize((height, width))` on a
 * Pillow image: along the rows first (the columns, as Pillow 13 does, where the height loses more than twice what the width
 * loses), rounded to whole levels in between, 8-bit pixels with fixed-point weights, 16-bit pixels in double.
 *
 * @param image `[height, width, channels]` of 8 or 16 bits.
 * @throws RadiographError `size-invalid`
 * @see Pillow: src/libImaging/Resample.c, ImagingResample
 */
export function resizeImage<Data extends Pixels>(
  image: PixelImage<Data>,
  { width, height }: ImageSize,
  filter: ResizeFilter,
): PixelImage<Data> {
  const size = { width, height };
  checkSize(size);
  if (width === image.width && height === image.height) {
    return image;
  }
  const { channels } = image;
  if (channels === 1) {
    return { ...size, channels, data: resizePlane(image, size, filter).data };
  }
  const resized = newArray(image.data, width * height * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const data = newArray(image.data, image.width * image.height);
    for (let i = 0; i < data.length; i += 1) {
      data[i] = image.data[i * channels + channel];
    }
    const plane = resizePlane({ ...image, data }, size, filter).data;
    for (let i = 0; i < plane.length; i += 1) {
      resized[i * channels + channel] = plane[i];
    }
  }
  return { ...size, channels, data: resized };
}

/** One channel, `[height, width]`. */
interface Plane<Data extends Pixels> {
  data: Data;
  width: number;
  height: number;
}

function resizePlane<Data extends Pixels>(
  plane: Plane<Data>,
  { width, height }: ImageSize,
  filter: ResizeFilter,
): Plane<Data> {
  const [lostWidth, lostHeight] = [plane.width - width, plane.height - height];
  const columnsFirst = lostHeight > 0 && lostHeight > 2 * lostWidth;
  // Convolving transposes, so the second pass brings the plane back; columns first needs it the other way round.
  if (columnsFirst) {
    return transpose(convolveRows(convolveRows(transpose(plane), height, filter), width, filter));
  }
  return convolveRows(convolveRows(plane, width, filter), height, filter);
}

/** Every row resized to `length` pixels, and the plane transposed. */
function convolveRows<Data extends Pixels>(plane: Plane<Data>, length: number, filter: ResizeFilter): Plane<Data> {
  if (length === plane.width) {
    return transpose(plane);
  }
  const { data, width, height } = plane;
  const taps = filterTaps(filter, width, length);
  const convolved =
    data instanceof Uint8Array
      ? convolveLines(data, height, width, taps)
      : convolveDeepLines(data, height, width, taps);
  return { data: convolved as Data, width: height, height: length };
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

function transpose<Data extends Pixels>({ data, width, height }: Plane<Data>): Plane<Data> {
  const turned = newArray(data, data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      turned[x * height + y] = data[y * width + x];
    }
  }
  return { data: turned, width: height, height: width };
}

const newArray = <Data extends Pixels>({ constructor }: Data, length: number): Data =>
  new (constructor as new (size: number) => Data)(length);
