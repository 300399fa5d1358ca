import { encodeJpeg, type PixelImage } from '@fractura/radiograph';
import type { PlannedImage } from './plan-atlas.js';
import { tagOrientation } from './tag-orientation.js';

/** Encodes an upright film as the JPEG file that the plan asks for: turned, tagged, grey or RGB, cut short. */
export async function encodeImage(
  film: Uint8Array,
  { width, height, orientation, greyscale, truncated }: PlannedImage,
): Promise<Buffer> {
  const stored = storeTurned({ data: film, width, height, channels: 1 }, orientation ?? 1);
  const jpeg = await encodeJpeg(greyscale ? stored : repeatGrey(stored), { quality: 88 });
  const bytes = orientation === undefined ? jpeg : tagOrientation(jpeg, orientation);
  return truncated ? bytes.subarray(0, Math.round(bytes.length * 0.6)) : bytes;
}

/** A grey image as a file stores it, so that a viewer who obeys the EXIF orientation sees it upright. */
function storeTurned(image: PixelImage<Uint8Array>, orientation: number): PixelImage<Uint8Array> {
  const { width, height } = image;
  const [right, bottom] = [width - 1, height - 1];
  // Which pixel of the upright image is stored at x, y.
  switch (orientation) {
    case 3:
      return remap(image, { width, height }, (x, y) => [right - x, bottom - y]);
    case 6:
      return remap(image, { width: height, height: width }, (x, y) => [right - y, x]);
    case 8:
      return remap(image, { width: height, height: width }, (x, y) => [y, bottom - x]);
    default:
      return image;
  }
}

function remap(
  { data, width }: PixelImage<Uint8Array>,
  size: { width: number; height: number },
  source: (x: number, y: number) => [x: number, y: number],
): PixelImage<Uint8Array> {
  const stored = new Uint8Array(data.length);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const [fromX, fromY] = source(x, y);
      stored[y * size.width + x] = data[fromY * width + fromX];
    }
  }
  return { ...size, data: stored, channels: 1 };
}

/** RGB of equal channels. */
const repeatGrey = (image: PixelImage<Uint8Array>): PixelImage<Uint8Array> => ({
  ...image,
  data: Uint8Array.from({ length: image.data.length * 3 }, (_, i) => image.data[Math.floor(i / 3)]),
  channels: 3,
});
